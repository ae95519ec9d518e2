package io.uad.runtime.checkpoint;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import org.jspecify.annotations.Nullable;

/**
 * The pseudo-labels of an epoch and what made them. Arrays belong to whoever made this value.
 *
 * @param projection the fitted reduction's state
 * @param centroids {@code [K, d]}
 * @param labels {@code [N]}, the cluster, or -1 for noise
 * @param squaredDistances {@code [N]}, to the own centroid
 * @param weights {@code [N]}, of the samples
 * @param previousLabels {@code [N]} of the epoch before; null in the first
 * @param order the samples of this epoch's training, in its order
 */
public record ClusterState(
        NamedTensors projection,
        FeatureMatrix centroids,
        int[] labels,
        float[] squaredDistances,
        float[] weights,
        int @Nullable [] previousLabels,
        int[] order) {
    public ClusterState {
        var n = labels.length;
        if (squaredDistances.length != n
                || weights.length != n
                || (previousLabels != null && previousLabels.length != n)) {
            throw new IllegalArgumentException("distances, weights and previous labels must be " + n
                    + ", one per label, were " + squaredDistances.length + ", " + weights.length
                    + (previousLabels == null ? "" : " and " + previousLabels.length));
        }
    }
}
