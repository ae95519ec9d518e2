package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.StageContext;
import smile.clustering.CentroidClustering;
import smile.clustering.GMeans;
import smile.clustering.XMeans;

/** X-means and G-means: one cluster is split, and its parts, as long as a criterion says so. */
final class SplittingMeans implements ClusteringAlgorithm {
    /** Smile splits no cluster with fewer rows. */
    private static final int LEAST_ROWS = 25;

    private final String name;
    private final Fit fit;
    private final int maxClusters;
    private final int maxRows;

    private SplittingMeans(String name, Fit fit, int maxClusters, int maxRows) {
        this.name = name;
        this.fit = fit;
        this.maxClusters = maxClusters;
        this.maxRows = maxRows;
    }

    static SplittingMeans x(XMeansOptions options) {
        return new SplittingMeans("x-means", XMeans::fit, options.maxClusters(), options.maxRows());
    }

    static SplittingMeans g(GMeansOptions options) {
        return new SplittingMeans("g-means", GMeans::fit, options.maxClusters(), options.maxRows());
    }

    @Override
    public int minimumRows() {
        return LEAST_ROWS;
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        RowCount.requireAtLeast(
                LEAST_ROWS, features, name, "clustering", "Add images, or set clustering.plugin to kmeans");
        RowCount.requireAtMost(maxRows, features, name, "keeps them in a tree of boxes");
        features.requireFinite("clustering");
        var scaled = ScaledRows.of(features);
        if (scaled.allEqual()) {
            return Labels.single(features.rows()).clustering(features);
        }
        var rows = scaled.withNoise(context.seed().derive("noise"));
        var found =
                SmileRun.of(context.seed().derive("centroids"), context.progress(), () -> fit.of(rows, maxClusters));
        return Labels.of(found.y).clustering(features);
    }

    private interface Fit {
        CentroidClustering<double[], double[]> of(double[][] rows, int maxClusters);
    }
}
