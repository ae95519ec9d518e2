package io.uad.runtime.training;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.TapSelection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an epoch found out before it trains, and trains on. Arrays are indexed by sample, unreadable ones included.
 *
 * @param selections the taps and channels that were read
 * @param projection the fitted reduction's state
 * @param centroids {@code [K, d]}
 * @param labels {@code [N]}, the cluster or {@link Clustering#NOISE}
 * @param squaredDistances {@code [N]}
 * @param weights {@code [N]}
 * @param previousLabels {@code [N]} of the epoch before, if there was one
 * @param order the samples in the order of training
 * @param metrics what is already known of the epoch
 */
record EpochPlan(
        int epoch,
        List<TapSelection> selections,
        NamedTensors projection,
        FeatureMatrix centroids,
        int[] labels,
        float[] squaredDistances,
        float[] weights,
        int @Nullable [] previousLabels,
        int[] order,
        Map<String, Double> metrics) {

    /** For each cluster its output of the head, counting the non-empty ones; -1 for an empty one. */
    int[] outputs() {
        return Outputs.of(labels, centroids.rows());
    }

    /** The head's width: the number of non-empty clusters. */
    int classes() {
        return Outputs.count(outputs());
    }
}
