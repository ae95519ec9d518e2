package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import smile.clustering.DBSCAN;

/** Density-based clustering with noise. */
final class Dbscan implements ClusteringAlgorithm {
    private final DbscanOptions options;

    Dbscan(DbscanOptions options) {
        this.options = options;
    }

    @Override
    public int minimumRows() {
        return options.minPoints();
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        RowCount.requireAtLeast(
                options.minPoints(),
                features,
                "dbscan",
                "clustering.min-points",
                "Lower clustering.min-points, or add images");
        RowCount.requireAtMost(options.maxRows(), features, "dbscan", "compares each with each");
        features.requireFinite("clustering");
        var radius = options.radius().isPresent() ? options.radius().getAsDouble() : automaticRadius(features, context);
        var search = new RadiusSearch(features, context.progress());
        var labels = Labels.of(DBSCAN.fit(search.numbers(), search, options.minPoints(), radius).y);
        warnOfNoise(labels, radius, context);
        return labels.clustering(features);
    }

    private void warnOfNoise(Labels labels, double radius, StageContext context) {
        var noise = Arrays.stream(labels.labels())
                .filter(label -> label == Clustering.NOISE)
                .count();
        if (labels.clusters() == 0) {
            throw UadException.config(
                    "dbscan finds no cluster: each of the " + noise + " images is noise",
                    "clustering.radius",
                    "a radius above " + radius,
                    "Raise clustering.radius or set it to auto, or lower clustering.min-points");
        }
        if (2 * noise > labels.labels().length) {
            context.notice()
                    .accept("warning: dbscan takes " + noise + " of " + labels.labels().length
                            + " images for noise, which is never trained on: raise clustering.radius, now " + radius
                            + ", or lower clustering.min-points");
        }
    }

    private double automaticRadius(FeatureMatrix features, StageContext context) {
        var count = options.minPoints() - 1; // without the row itself
        float[] squared;
        try (var points = context.algebra().upload(features)) {
            squared = context.algebra().neighbours(points, count).squaredDistances();
        }
        var distances = new double[features.rows()];
        for (var row = 0; row < distances.length; row++) {
            distances[row] = Math.sqrt(squared[(row + 1) * count - 1]);
        }
        return Math.max(knee(distances), Double.MIN_NORMAL); // where most rows are duplicates
    }

    /**
     * The sorted value that lies farthest below the line from the smallest to the largest: where the curve bends, noise
     * begins.
     *
     * @param distances at least one; sorted in place
     */
    static double knee(double[] distances) {
        Arrays.sort(distances);
        var last = distances.length - 1;
        var best = last;
        var depth = 0.0;
        for (var i = 0; i <= last; i++) {
            var line = distances[0] + (distances[last] - distances[0]) * i / last;
            if (line - distances[i] > depth) {
                depth = line - distances[i];
                best = i;
            }
        }
        return distances[best];
    }
}
