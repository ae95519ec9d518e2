package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Measures the distances to candidates as sums of squared differences, in double, and keeps the nearest. */
final class TrueDistances {
    private TrueDistances() {}

    /**
     * Fills in the neighbours of rows.
     *
     * @param first the first of them
     * @param last their end, not one of them
     * @param candidates of these rows
     * @param found receives them, nearest first, of equally near ones the smaller numbers first
     */
    static void write(FeatureMatrix features, int first, int last, BestLists candidates, Neighbours found) {
        var count = found.count();
        IntStream.range(first, last).parallel().forEach(row -> {
            var own = features.row(row);
            var distances = new double[count];
            Arrays.fill(distances, Double.POSITIVE_INFINITY);
            var nearest = new int[count];
            for (var other : candidates.of(row)) {
                insert(distances, nearest, squaredDistance(own, features.row(other)), other);
            }
            for (var rank = 0; rank < count; rank++) {
                found.indices()[row * count + rank] = nearest[rank];
                found.squaredDistances()[row * count + rank] = (float) distances[rank];
            }
        });
    }

    private static void insert(double[] distances, int[] nearest, double distance, int other) {
        var at = distances.length;
        while (at > 0 && (distance < distances[at - 1] || (distance == distances[at - 1] && other < nearest[at - 1]))) {
            at--;
        }
        if (at < distances.length) {
            System.arraycopy(distances, at, distances, at + 1, distances.length - at - 1);
            System.arraycopy(nearest, at, nearest, at + 1, nearest.length - at - 1);
            distances[at] = distance;
            nearest[at] = other;
        }
    }

    private static double squaredDistance(float[] a, float[] b) {
        var sum = 0.0;
        for (var column = 0; column < a.length; column++) {
            var difference = (double) a[column] - b[column];
            sum += difference * difference;
        }
        return sum;
    }
}
