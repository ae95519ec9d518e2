package io.uad.runtime.inference;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.runtime.image.LoadedBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Finds the nearest of a run's clusters for images, seen or unseen, and how far that can be trusted. */
public final class Assigner implements AutoCloseable {
    private final ClusteredFeatures features;
    private final LinearAlgebra algebra;
    private final Clustering trained;
    private final Uncertainty uncertainty;
    private final StageContext context;
    /** The clusters that have members; the others have no centroid worth the name. */
    private final int[] clusters;

    private final MatrixHandle centroids;

    /**
     * Where images belong; arrays are by row.
     *
     * @param rows the images in the space of the clusters
     * @param clusters the nearest cluster that has members
     * @param squaredDistances to its centroid, in that space
     */
    public record Assigned(FeatureMatrix rows, int[] clusters, float[] squaredDistances) {}

    public Assigner(ClusteredModel clustered, OpenModel open) {
        this.trained = clustered.trained();
        this.algebra = open.algebra();
        this.uncertainty = clustered.uncertainty();
        this.context = new StageContext(
                algebra,
                clustered.seed().derive("uncertainty").derive(clustered.epoch()),
                Progress.NONE,
                open.listeners()::notice);
        var sizes = trained.sizes();
        this.clusters = IntStream.range(0, sizes.length)
                .filter(cluster -> sizes[cluster] > 0)
                .toArray();
        this.centroids = algebra.upload(rows(trained.centroids(), clusters));
        ClusteredFeatures made = null;
        try {
            made = new ClusteredFeatures(clustered, open);
        } finally {
            if (made == null) {
                centroids.close();
            }
        }
        this.features = made;
    }

    /** How many clusters have members. */
    public int clusterCount() {
        return clusters.length;
    }

    /** Columns of the space of the clusters. */
    int columns() {
        return features.columns();
    }

    /** Assigns a batch. The result of an image does not depend on the others. */
    public Assigned assign(LoadedBatch batch) {
        var rows = features.of(batch);
        try (var points = algebra.upload(rows)) {
            var nearest = algebra.nearest(points, centroids, 1);
            var labels = Arrays.stream(nearest.indices())
                    .map(index -> clusters[index])
                    .toArray();
            return new Assigned(rows, labels, nearest.squaredDistances());
        }
    }

    /** Weights by the run's formula of uncertainty, of all images together: some formulas compare them. */
    float[] weights(Assigned all) {
        var assigned = new Clustering(
                all.clusters(), all.squaredDistances(), trained.centroids(), sum(all.squaredDistances()));
        return uncertainty.weightsOfUnseen(all.rows(), assigned, trained, context);
    }

    @Override
    public void close() {
        try (centroids;
                features) {
            // closes both, also when one fails
        }
    }

    private static FeatureMatrix rows(FeatureMatrix all, int[] chosen) {
        var rows = FeatureMatrix.allocate(chosen.length, all.columns());
        for (var i = 0; i < chosen.length; i++) {
            rows.write(i, 1, all.row(chosen[i]));
        }
        return rows;
    }

    private static double sum(float[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum;
    }
}
