package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.Seed;
import smile.manifold.TSNE;

/** Features drawn on a plane, for reports. */
public final class Projections {
    /** The most rows of {@link #tsne}, for which it takes about 600 MB. */
    public static final int MOST_TSNE_ROWS = 5000;

    /** The most rows of {@link #umap}, which compares all pairs of them. */
    public static final int MOST_UMAP_ROWS = 20_000;

    private static final int MOST_NEIGHBOURS = 200;
    private static final int LEAST_UMAP_ROWS = 3; // so that each has two neighbours
    private static final double LEARNING_RATE = 200;

    private Projections() {}

    /**
     * t-SNE, exact (van der Maaten, Hinton, JMLR 9, 2008): rows that are near stay near, while larger distances mean
     * little. Memory and time grow with the square of the rows.
     *
     * @param features {@code [N, d]}, finite, N at most {@link #MOST_TSNE_ROWS}
     * @param perplexity about how many neighbours count for a row: 1 or more, and at most {@code (N - 1) / 3}; 30 is
     *     usual
     * @param iterations 250 or more are sensible, 1000 usual
     * @return {@code [N, 2]}, of mean 0; zeros if all rows are equal
     * @throws IllegalArgumentException if an argument lies outside these bounds
     */
    public static FeatureMatrix tsne(
            FeatureMatrix features, double perplexity, int iterations, Seed seed, Progress progress) {
        if (features.rows() > MOST_TSNE_ROWS) {
            throw new IllegalArgumentException("rows must be at most " + MOST_TSNE_ROWS + ", were " + features.rows());
        }
        if (!(perplexity >= 1 && perplexity <= (features.rows() - 1) / 3.0)) {
            throw new IllegalArgumentException("perplexity must lie in 1.." + (features.rows() - 1) / 3.0 + " for "
                    + features.rows() + " rows, was " + perplexity);
        }
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be 1 or more, were " + iterations);
        }
        features.requireFinite("projection");
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

    /**
     * UMAP (McInnes, Healy, Melville, arXiv:1802.03426, 2018): rows that are near stay near, and groups lie about where
     * the two principal components have them, which is where it starts. It is computed here, not by Smile. Time grows
     * with the square of the rows, memory with the rows.
     *
     * @param features {@code [N, d]}, finite, N from 3 to {@link #MOST_UMAP_ROWS}
     * @param neighbours how many other rows a row looks at, 2 to 200: few show fine structure, many the whole; 15 is
     *     usual. All other rows, if there are fewer
     * @param minimumDistance how far apart near rows lie on the plane, 0 to 1: small values make tight groups; 0.1 is
     *     usual
     * @param epochs 200 or more are sensible, 500 usual
     * @return {@code [N, 2]}, of mean 0; zeros if all rows are equal
     * @throws IllegalArgumentException if an argument other than the features lies outside these bounds, or there are
     *     too many rows
     * @throws io.uad.api.UadException of kind CONFIG if there are too few rows, DATA if a feature is not finite
     */
    public static FeatureMatrix umap(
            FeatureMatrix features, int neighbours, double minimumDistance, int epochs, Seed seed, Progress progress) {
        if (features.rows() > MOST_UMAP_ROWS) {
            throw new IllegalArgumentException("rows must be at most " + MOST_UMAP_ROWS + ", were " + features.rows());
        }
        if (neighbours < 2 || neighbours > MOST_NEIGHBOURS) {
            throw new IllegalArgumentException("neighbours must lie in 2.." + MOST_NEIGHBOURS + ", were " + neighbours);
        }
        if (!(minimumDistance >= 0 && minimumDistance <= 1)) {
            throw new IllegalArgumentException("minimumDistance must lie in 0..1, was " + minimumDistance);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be 1 or more, were " + epochs);
        }
        RowCount.requireAtLeast(LEAST_UMAP_ROWS, features, "UMAP", "projection", "Add images");
        features.requireFinite("projection");
        var plane = FeatureMatrix.allocate(features.rows(), 2);
        var scaled = ScaledRows.of(features);
        if (scaled.allEqual()) {
            return plane;
        }
        var coordinates = Umap.layout(
                scaled,
                Math.min(neighbours, features.rows() - 1),
                minimumDistance,
                epochs,
                seed.derive("umap"),
                progress);
        for (var row = 0; row < features.rows(); row++) {
            plane.write(row, 1, new float[] {(float) coordinates[2 * row], (float) coordinates[2 * row + 1]});
        }
        return plane;
    }
}
