package io.uad.plugin.uncertainty.membership;

/**
 * {@code u_i = 1 / sum_k (d_i / d_k)^(2 / (m - 1))}, Bezdek 1981. At centroids that coincide with the row the membership is
 * shared, and elsewhere 0.
 *
 * @param exponent m, above 1: near 1 hard, large fuzzy
 */
record FuzzyMembership(double exponent) implements Certainty {
    @Override
    public double of(double[] squared, int own) {
        var sum = 0.0;
        for (var other : squared) {
            // Equal distances may both be 0.
            sum += other == squared[own] ? 1 : Math.pow(squared[own] / other, 1 / (exponent - 1));
        }
        return 1 / sum;
    }
}
