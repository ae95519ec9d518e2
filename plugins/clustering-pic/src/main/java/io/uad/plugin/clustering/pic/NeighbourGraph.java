package io.uad.plugin.clustering.pic;

import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The symmetric weights {@code W = A + A^T}, where {@code a_ij = exp(-d_ij / sigma^2)} if j is among the nearest neighbours of
 * i, else 0. Only A is stored, in double.
 */
final class NeighbourGraph {
    private final int count;
    private final int[] neighbours; // [N * count], nearest first
    private final double[] weights; // beside them

    private NeighbourGraph(int count, int[] neighbours, double[] weights) {
        this.count = count;
        this.neighbours = neighbours;
        this.weights = weights;
    }

    /**
     * Weighs the neighbours.
     *
     * @param sigma without it {@link #automaticSquaredSigma}
     */
    static NeighbourGraph of(Neighbours neighbours, OptionalDouble sigma) {
        var squaredSigma = sigma.isPresent() ? Math.pow(sigma.getAsDouble(), 2) : automaticSquaredSigma(neighbours);
        var weights = new double[neighbours.indices().length];
        for (var at = 0; at < weights.length; at++) {
            double squared = neighbours.squaredDistances()[at];
            weights[at] = squared == 0 ? 1 : Math.exp(-squared / squaredSigma); // also if sigma^2 is 0
        }
        return new NeighbourGraph(neighbours.count(), neighbours.indices(), weights);
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
        return neighbours.length / count;
    }

    /** {@code W v}, a new array. */
    double[] times(double[] v) {
        var product = new double[v.length];
        for (int at = 0, row = 0; row < v.length; row++) {
            for (var end = at + count; at < end; at++) {
                product[row] += weights[at] * v[neighbours[at]];
                product[neighbours[at]] += weights[at] * v[row];
            }
        }
        return product;
    }

    /**
     * For each row the other with the largest {@code w_ij (v_j - v_i)}, of equals the one with the smaller number; the row
     * itself where none is above 0.
     */
    int[] pointers(double[] v) {
        var pointers = new int[v.length];
        Arrays.setAll(pointers, row -> row);
        var gains = new double[v.length];
        for (int at = 0, row = 0; row < v.length; row++) {
            for (var end = at + count; at < end; at++) {
                var other = neighbours[at];
                var weight = weights[at] + directed(other, row);
                var upwards = v[other] > v[row];
                offer(
                        pointers,
                        gains,
                        upwards ? row : other,
                        upwards ? other : row,
                        weight * Math.abs(v[other] - v[row]));
            }
        }
        return pointers;
    }

    private static void offer(int[] pointers, double[] gains, int from, int to, double gain) {
        if (gain > gains[from] || (gain > 0 && gain == gains[from] && to < pointers[from])) {
            gains[from] = gain;
            pointers[from] = to;
        }
    }

    /** {@code a_ij}. */
    private double directed(int from, int to) {
        for (var at = from * count; at < (from + 1) * count; at++) {
            if (neighbours[at] == to) {
                return weights[at];
            }
        }
        return 0;
    }
}
