package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import smile.clustering.KMeans;
import smile.clustering.PartitionClustering;

/** Spectral clustering: k-means on the rows of the first eigenvectors of the {@link Affinity}. */
final class Spectral implements ClusteringAlgorithm {
    private static final int KMEANS_RUNS = 10; // of which the best is taken
    private static final int KMEANS_ITERATIONS = 100;
    private static final double KMEANS_TOLERANCE = 1e-4;

    private final SpectralOptions options;

    Spectral(SpectralOptions options) {
        this.options = options;
    }

    @Override
    public int minimumRows() {
        return options.k().orElse(2);
    }

    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        var k = RowCount.clusters(options.k(), features);
        RowCount.requireAtMost(
                options.maxRows(),
                features,
                "spectral",
                "keeps a similarity of each pair and finds eigenvectors of all");
        features.requireFinite("clustering");
        var scaled = ScaledRows.of(features);
        if (scaled.allEqual()) {
            return Labels.single(features.rows()).clustering(features);
        }
        // LAPACK cannot be stopped, but need not be waited for.
        var labels = SmileRun.of(context.seed(), context.progress(), () -> labels(scaled, k));
        return Labels.of(labels).clustering(features);
    }

    private int[] labels(ScaledRows scaled, int k) {
        var size = scaled.rows().length;
        var squaredDistances = new double[size * size];
        IntStream.range(0, size).parallel().forEach(i -> {
            for (var j = 0; j < size; j++) {
                squaredDistances[i * size + j] = scaled.squaredDistance(i, j);
            }
        });
        var sigma = options.sigma().isPresent()
                ? options.sigma().getAsDouble() * scaled.scale()
                : Affinity.automaticSigma(squaredDistances);
        var embedding = Affinity.of(size, squaredDistances, sigma).embedding(k);
        var found = PartitionClustering.run(
                        KMEANS_RUNS, () -> KMeans.fit(embedding, k, KMEANS_ITERATIONS, KMEANS_TOLERANCE))
                .y;
        // Rounding may part duplicates where there are fewer distinct rows than clusters.
        return Arrays.stream(scaled.firstEqual()).map(row -> found[row]).toArray();
    }
}
