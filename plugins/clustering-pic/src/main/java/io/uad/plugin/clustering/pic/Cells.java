package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Parts of the rows, each around a centroid; none is empty.
 *
 * @param centroids {@code [cells, D]}
 * @param labels {@code [N]}, the cell of each row
 * @param members the rows of each cell
 */
record Cells(FeatureMatrix centroids, int[] labels, Groups members) {
    private static final int ROWS_PER_CELL = 64; // of those that the centroids are made of
    private static final int ITERATIONS = 5;

    /**
     * Makes the centroids by a few iterations of k-means on rows that the seed draws, which need not converge.
     *
     * @param points the features, uploaded
     * @param count how many cells, at most N; cells that no row is nearest to are left out
     * @param context of the stage; its seed is not used
     */
    static Cells of(FeatureMatrix features, MatrixHandle points, int count, Seed seed, StageContext context) {
        var algebra = context.algebra();
        var drawn = (int) Math.min(features.rows(), (long) ROWS_PER_CELL * count);
        var training = ChosenRows.of(features, seed.derive("rows").choose(drawn, features.rows()));
        var first = seed.derive("centroids").choose(count, drawn);
        var centroids = ChosenRows.of(training, first);
        try (var rows = algebra.upload(training)) {
            for (var iteration = 0; iteration < ITERATIONS; iteration++) {
                centroids = ClusterMeans.of(training, nearest(rows, centroids, algebra), centroids);
                context.progress().update(iteration + 1, ITERATIONS);
            }
        }
        return withoutEmpty(centroids, nearest(points, centroids, algebra));
    }

    private static int[] nearest(MatrixHandle rows, FeatureMatrix centroids, LinearAlgebra algebra) {
        try (var handle = algebra.upload(centroids)) {
            return algebra.nearest(rows, handle, 1).indices();
        }
    }

    private static Cells withoutEmpty(FeatureMatrix centroids, int[] labels) {
        var sizes = new int[centroids.rows()];
        for (var label : labels) {
            sizes[label]++;
        }
        var kept =
                IntStream.range(0, sizes.length).filter(cell -> sizes[cell] > 0).toArray();
        var renamed = Arrays.stream(labels)
                .map(label -> Arrays.binarySearch(kept, label))
                .toArray();
        var groups = Arrays.stream(renamed).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
        return new Cells(ChosenRows.of(centroids, kept), renamed, Groups.of(kept.length, groups));
    }

    /** How many. */
    int count() {
        return centroids.rows();
    }

    /** A copy of one centroid. */
    double[] centroid(int cell) {
        var row = centroids.row(cell);
        return IntStream.range(0, row.length).mapToDouble(column -> row[column]).toArray();
    }
}
