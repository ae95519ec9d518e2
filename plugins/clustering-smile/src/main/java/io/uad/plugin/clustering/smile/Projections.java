package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.clustering.ClusteringAlgorithm;
import smile.manifold.TSNE;

/** Features drawn on a plane, for reports. */
public final class Projections {
    /** The most rows of {@link #tsne}, for which it takes about 600 MB. */
    public static final int MOST_ROWS = 5000;

    private static final double LEARNING_RATE = 200;

    private Projections() {}

    /**
     * t-SNE, exact (van der Maaten, Hinton, JMLR 9, 2008): rows that are near stay near, while larger distances mean
     * little. Memory and time grow with the square of the rows.
     *
     * @param features {@code [N, d]}, finite, N at most {@link #MOST_ROWS}
     * @param perplexity about how many neighbours count for a row: 1 or more, and at most {@code (N - 1) / 3}; 30 is
     *     usual
     * @param iterations 250 or more are sensible, 1000 usual
     * @return {@code [N, 2]}, of mean 0; zeros if all rows are equal
     * @throws IllegalArgumentException if an argument lies outside these bounds
     */
    public static FeatureMatrix tsne(
            FeatureMatrix features, double perplexity, int iterations, Seed seed, Progress progress) {
        if (features.rows() > MOST_ROWS) {
            throw new IllegalArgumentException("rows must be at most " + MOST_ROWS + ", were " + features.rows());
        }
        if (!(perplexity >= 1 && perplexity <= (features.rows() - 1) / 3.0)) {
            throw new IllegalArgumentException("perplexity must lie in 1.." + (features.rows() - 1) / 3.0 + " for "
                    + features.rows() + " rows, was " + perplexity);
        }
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be 1 or more, were " + iterations);
        }
        ClusteringAlgorithm.requireFinite(features);
        var plane = FeatureMatrix.allocate(features.rows(), 2);
        var scaled = ScaledRows.of(features);
        if (scaled.allEqual()) {
            return plane;
        }
        var noisy = new ScaledRows(scaled.withNoise(seed.derive("noise")), scaled.scale());
        var coordinates = SmileRun.of(
                seed.derive("t-sne"),
                progress,
                () -> new TSNE(noisy.squaredDistances(), 2, perplexity, LEARNING_RATE, iterations).coordinates);
        for (var row = 0; row < coordinates.length; row++) {
            plane.write(row, 1, new float[] {(float) coordinates[row][0], (float) coordinates[row][1]});
        }
        return plane;
    }
}
