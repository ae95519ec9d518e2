package io.uad.plugin.uncertainty.membership;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Neighbours;

/**
 * The nearest of some centroids, for each row.
 *
 * @param clusters the cluster of each centroid that was looked at
 * @param found indices are into {@code clusters}
 */
record NearestCentroids(int[] clusters, Neighbours found) {
    /** Searches on the engine. */
    static NearestCentroids of(
            FeatureMatrix features, FeatureMatrix centroids, int[] clusters, int count, LinearAlgebra algebra) {
        var chosen = FeatureMatrix.allocate(clusters.length, centroids.columns());
        for (var i = 0; i < clusters.length; i++) {
            chosen.write(i, 1, centroids.row(clusters[i]));
        }
        try (var points = algebra.upload(features);
                var others = algebra.upload(chosen)) {
            return new NearestCentroids(clusters, algebra.nearest(points, others, count));
        }
    }

    /** Of one row, nearest first; a new array. */
    double[] squaredDistances(int row) {
        var squared = new double[found.count()];
        for (var rank = 0; rank < squared.length; rank++) {
            squared[rank] = found.squaredDistances()[row * found.count() + rank];
        }
        return squared;
    }

    /** Which of the row's nearest centroids is that cluster's, from 0 on; their number if none is. */
    int rank(int row, int cluster) {
        var rank = 0;
        while (rank < found.count() && clusters[found.indices()[row * found.count() + rank]] != cluster) {
            rank++;
        }
        return rank;
    }
}
