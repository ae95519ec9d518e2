package io.uad.plugin.clustering.pic;

import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The symmetric weights {@code W = A + A^T}, where {@code a_ij = exp(-d_ij / sigma^2)} if j is among the nearest neighbours of
 * i, else 0. Rows are independent of each other, so that no result depends on how many threads there are.
 *
 * @param weights W, the columns of each row ascending
 */
record NeighbourGraph(SparseMatrix weights) {
    /**
     * Weighs the neighbours.
     *
     * @param sigma without it {@link #automaticSquaredSigma}
     */
    static NeighbourGraph of(Neighbours neighbours, OptionalDouble sigma) {
        var squaredSigma = sigma.isPresent() ? Math.pow(sigma.getAsDouble(), 2) : automaticSquaredSigma(neighbours);
        var weights = new double[neighbours.indices().length];
        Arrays.parallelSetAll(weights, at -> weight(neighbours.squaredDistances()[at], squaredSigma));
        return new NeighbourGraph(SparseMatrix.regular(neighbours.count(), neighbours.indices(), weights)
                .plusTransposed());
    }

    private static double weight(double squared, double squaredSigma) {
        return squared == 0 ? 1 : Math.exp(-squared / squaredSigma); // also if sigma^2 is 0
    }

    /**
     * The median of the squared distances to the last of the neighbours. Where more than half are duplicates it is that of
     * the others, as duplicates say nothing of scale; with nothing but duplicates it is 0, and every weight 1.
     */
    static double automaticSquaredSigma(Neighbours neighbours) {
        var count = neighbours.count();
        var rows = neighbours.indices().length / count;
        var distances = new double[rows];
        for (var row = 0; row < rows; row++) {
            distances[row] = neighbours.squaredDistances()[(row + 1) * count - 1];
        }
        Arrays.sort(distances);
        var median = median(distances, 0);
        var duplicates = 0;
        while (duplicates < rows && distances[duplicates] == 0) {
            duplicates++;
        }
        return median > 0 || duplicates == rows ? median : median(distances, duplicates);
    }

    /** Of the sorted values from there on. */
    private static double median(double[] sorted, int from) {
        var sum = from + sorted.length - 1;
        return (sorted[sum / 2] + sorted[(sum + 1) / 2]) / 2;
    }

    /** N. */
    int rows() {
        return weights.rows();
    }

    /** One value of {@code W v}. */
    double product(int row, double[] v) {
        return weights.product(row, v);
    }

    /**
     * For each row the other with the largest {@code w_ij (v_j - v_i)}, of equals the one with the smaller number; the row
     * itself where none is above 0.
     */
    int[] pointers(double[] v) {
        var pointers = new int[v.length];
        Arrays.parallelSetAll(pointers, row -> pointer(row, v));
        return pointers;
    }

    private int pointer(int row, double[] v) {
        var pointer = row;
        var most = 0.0;
        for (var at = weights.starts()[row]; at < weights.starts()[row + 1]; at++) {
            var other = weights.columns()[at];
            var gain = weights.values()[at] * (v[other] - v[row]);
            if (gain > most) {
                most = gain;
                pointer = other;
            }
        }
        return pointer;
    }
}
