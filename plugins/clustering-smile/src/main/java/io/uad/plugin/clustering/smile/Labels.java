package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.clustering.Clustering;
import java.util.HashMap;
import smile.clustering.PartitionClustering;

/**
 * Labels of the API's kind.
 *
 * @param labels {@code [N]}, 0 to {@code clusters} - 1, or {@link Clustering#NOISE}
 * @param clusters K, each with members
 */
record Labels(int[] labels, int clusters) {
    /** Those of Smile, renumbered in the order of each cluster's first row; its outliers are noise. */
    static Labels of(int[] smile) {
        var numbers = new HashMap<Integer, Integer>();
        var labels = new int[smile.length];
        for (var row = 0; row < smile.length; row++) {
            labels[row] = smile[row] == PartitionClustering.OUTLIER
                    ? Clustering.NOISE
                    : numbers.computeIfAbsent(smile[row], label -> numbers.size());
        }
        return new Labels(labels, numbers.size());
    }

    /** All rows in one cluster. */
    static Labels single(int rows) {
        return new Labels(new int[rows], 1);
    }

    /** With the means as centroids. */
    Clustering clustering(FeatureMatrix features) {
        return ClusterMeans.clustering(features, labels, clusters);
    }
}
