package io.uad.api.clustering;

import io.uad.api.FeatureMatrix;

/**
 * Pseudo-labels.
 *
 * <p>The arrays and the matrix are shared, not copied: whoever makes a clustering hands them over, and nobody changes them
 * afterwards.
 *
 * @param labels {@code [N]}, 0 to K - 1, or {@link #NOISE}
 * @param squaredDistances {@code [N]}, of each row to its centroid, squared, in the reduced space: finite, 0 or more; 0 for
 *     noise
 * @param centroids {@code [K, d]}; clusters may be empty
 * @param objective the sum of squared distances that the algorithm reports
 * @since 0.1
 */
public record Clustering(int[] labels, float[] squaredDistances, FeatureMatrix centroids, double objective) {
    /** The label of a row that belongs nowhere: it has weight 0 and is never sampled. */
    public static final int NOISE = -1;

    public Clustering {
        if (labels.length != squaredDistances.length) {
            throw new IllegalArgumentException(
                    labels.length + " labels with " + squaredDistances.length + " distances");
        }
    }

    /** K, empty clusters included. */
    public int clusterCount() {
        return centroids.rows();
    }

    /** Members per cluster without the noise, {@code [K]}; a new array. */
    public int[] sizes() {
        var sizes = new int[clusterCount()];
        for (var label : labels) {
            if (label != NOISE) {
                sizes[label]++;
            }
        }
        return sizes;
    }
}
