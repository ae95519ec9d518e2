package io.uad.runtime.inference;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.runtime.image.LoadedBatch;
import io.uad.runtime.plugin.PluginContract;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Finds the nearest of a run's clusters for images, seen or unseen, and how far that can be trusted. */
public final class Assigner implements AutoCloseable {
    private final ClusteredFeatures features;
    private final LinearAlgebra algebra;
    private final Clustering trained;
    private final String formula;
    private final Uncertainty uncertainty;
    private final StageContext context;
    /** The clusters that have members; the others have no centroid worth the name. */
    private final int[] clusters;

    private final MatrixHandle centroids;

    /**
     * Where images belong; arrays are by image of the batch.
     *
     * @param clusters the nearest cluster that has members
     * @param squaredDistances to its centroid, in the space of the clusters
     * @param weights by the run's formula of uncertainty
     */
    public record Assigned(int[] clusters, float[] squaredDistances, float[] weights) {}

    public Assigner(ClusteredModel clustered, OpenModel open) {
        this.trained = clustered.trained();
        this.algebra = open.algebra();
        this.formula = clustered.model().config().uncertainty().name();
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
        this.features = new ClusteredFeatures(clustered, open);
        this.centroids = algebra.upload(rows(trained.centroids(), clusters));
    }

    /** How many clusters have members. */
    public int clusterCount() {
        return clusters.length;
    }

    /** Assigns a batch; the result of an image does not depend on the others, unless the formula's does. */
    public Assigned assign(LoadedBatch batch) {
        var rows = features.of(batch);
        try (var points = algebra.upload(rows)) {
            var nearest = algebra.nearest(points, centroids, 1);
            var labels = Arrays.stream(nearest.indices())
                    .map(index -> clusters[index])
                    .toArray();
            var distances = nearest.squaredDistances();
            var assigned = new Clustering(labels, distances, trained.centroids(), sum(distances));
            var weights = PluginContract.guard(
                    "uncertainty/" + formula, () -> uncertainty.weightsOfUnseen(rows, assigned, trained, context));
            PluginContract.check(formula, weights, labels);
            return new Assigned(labels, distances, weights);
        }
    }

    @Override
    public void close() {
        centroids.close();
        features.close();
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
