package io.uad.plugin.uncertainty.membership;

import io.uad.api.clustering.Clustering;

/**
 * {@code 1 - H / ln n}, H the entropy of {@code softmax(-d_k^2 / t)} over n centroids; 0 where the own is not the nearest.
 *
 * @param squaredScale t, in the features' own units; 0 for a softmax that chooses the nearest
 */
record SoftEntropy(double squaredScale) implements Certainty {
    /**
     * Whose t is a multiple of the mean squared distance between rows and their centroids.
     *
     * @param temperature the multiple
     */
    static SoftEntropy of(double temperature, Clustering trained) {
        var sum = 0.0;
        var count = 0;
        for (var row = 0; row < trained.labels().length; row++) {
            if (trained.labels()[row] != Clustering.NOISE) {
                sum += trained.squaredDistances()[row];
                count++;
            }
        }
        return new SoftEntropy(count == 0 ? 0 : temperature * sum / count);
    }

    @Override
    public double of(double[] squared, int own) {
        var total = 0.0; // of exp(-x), x beside the own
        var weighted = 0.0; // of x exp(-x)
        for (var other : squared) {
            if (other < squared[own]) {
                return 0;
            }
            var x = other == squared[own] ? 0 : (other - squared[own]) / squaredScale;
            var share = Math.exp(-x);
            total += share;
            weighted += share == 0 ? 0 : x * share;
        }
        var entropy = Math.log(total) + weighted / total;
        return Math.max(0, 1 - entropy / Math.log(squared.length));
    }
}
