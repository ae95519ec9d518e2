package io.uad.plugin.uncertainty.distance;

import io.uad.api.clustering.Clustering;
import java.util.Arrays;

/**
 * The place of a distance in the order of its cluster's n distances, from 0 to n - 1, divided by n - 1. Equal ones share the
 * mean of their places, and a distance between two members lies half-way between their places.
 */
final class RankScale implements DistanceScale {
    private final float[][] sorted; // by cluster

    RankScale(Clustering clustering) {
        var sizes = clustering.sizes();
        sorted = new float[sizes.length][];
        for (var cluster = 0; cluster < sizes.length; cluster++) {
            sorted[cluster] = new float[sizes[cluster]];
        }
        var labels = clustering.labels();
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] != Clustering.NOISE) {
                sorted[labels[row]][--sizes[labels[row]]] = clustering.squaredDistances()[row];
            }
        }
        for (var distances : sorted) {
            Arrays.sort(distances);
        }
    }

    @Override
    public double of(int cluster, float squared) {
        var distances = sorted[cluster];
        var nearer = nearer(distances, squared);
        var equal = nearer(distances, Math.nextUp(squared)) - nearer;
        var last = distances.length - 1;
        return Math.max(0, Math.min(nearer + (equal - 1) / 2.0, last)) / last;
    }

    /** How many are smaller than that. */
    private static int nearer(float[] sorted, float limit) {
        var from = 0;
        var to = sorted.length;
        while (from < to) {
            var middle = (from + to) >>> 1;
            if (sorted[middle] < limit) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
