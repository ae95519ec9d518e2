package io.uad.runtime.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Assignments by sample. Arrays belong to whoever made this value.
 *
 * @param paths names of the samples
 * @param labels clusters, -1 for noise
 * @param squaredDistances to the own centroid
 * @param weights of the samples
 */
public record ClusterRows(List<String> paths, int[] labels, float[] squaredDistances, float[] weights) {
    public ClusterRows {
        var n = paths.size();
        if (labels.length != n || squaredDistances.length != n || weights.length != n) {
            throw new IllegalArgumentException("labels, distances and weights must be " + n + ", one per path, were "
                    + labels.length + ", " + squaredDistances.length + ", " + weights.length);
        }
    }

    int size() {
        return labels.length;
    }

    /** Collects rows whose number is not known before. */
    static final class Builder {
        private final List<String> paths = new ArrayList<>();
        private int[] labels = new int[1024];
        private float[] squaredDistances = new float[1024];
        private float[] weights = new float[1024];

        void add(String path, int label, float squaredDistance, float weight) {
            var at = paths.size();
            if (at == labels.length) {
                labels = Arrays.copyOf(labels, 2 * at);
                squaredDistances = Arrays.copyOf(squaredDistances, 2 * at);
                weights = Arrays.copyOf(weights, 2 * at);
            }
            paths.add(path);
            labels[at] = label;
            squaredDistances[at] = squaredDistance;
            weights[at] = weight;
        }

        ClusterRows build() {
            var n = paths.size();
            return new ClusterRows(
                    paths, Arrays.copyOf(labels, n), Arrays.copyOf(squaredDistances, n), Arrays.copyOf(weights, n));
        }
    }
}
