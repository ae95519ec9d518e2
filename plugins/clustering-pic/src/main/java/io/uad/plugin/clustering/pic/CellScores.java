package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import java.util.stream.IntStream;

/**
 * Orders the cells for each row by the distance to their centroids, by products: a score is the squared distance less the
 * square of the row, which is the same for all cells. The origin is the mean of the centroids: far from it few digits would
 * be left.
 */
final class CellScores implements AutoCloseable {
    private static final int SCORES_PER_BLOCK = 1 << 22; // 16 MiB

    private final LinearAlgebra algebra;
    private final double[] origin;
    private final double[] squares;
    private final MatrixHandle centroids;

    CellScores(FeatureMatrix centroids, LinearAlgebra algebra) {
        this.algebra = algebra;
        this.origin = mean(centroids);
        var centred = centroids.minus(origin);
        this.squares = ChosenRows.squares(centred);
        this.centroids = algebra.upload(centred);
    }

    /** Takes the scores of one row; called for several rows at once. */
    @FunctionalInterface
    interface Visitor {
        /** Looks at {@code [cells]} scores. */
        void visit(int row, float[] scores);
    }

    /** Shows the rows {@code first} to {@code last - 1}, block by block. */
    void forEach(FeatureMatrix features, int first, int last, Visitor visitor) {
        var centred = features.minus(origin);
        var some = Math.max(1, SCORES_PER_BLOCK / squares.length);
        for (var done = first; done < last; done += some) {
            var from = done;
            var products = products(centred, from, Math.min(some, last - from));
            IntStream.range(0, products.rows())
                    .parallel()
                    .forEach(at -> visitor.visit(from + at, scores(products.row(at))));
        }
    }

    private FeatureMatrix products(FeatureMatrix centred, int first, int count) {
        var values = new float[Math.multiplyExact(count, centred.columns())];
        centred.read(first, count, values);
        try (var block = algebra.upload(FeatureMatrix.of(values, centred.columns()));
                var products = algebra.multiply(block, false, centroids, true)) {
            return algebra.read(products);
        }
    }

    private float[] scores(float[] products) {
        for (var cell = 0; cell < products.length; cell++) {
            products[cell] = (float) (squares[cell] - 2.0 * products[cell]);
        }
        return products;
    }

    /** The cells with the smallest scores, in order, of equal ones the first. */
    static int[] nearest(float[] scores, int count) {
        var nearest = new int[count];
        for (var cell = 0; cell < scores.length; cell++) {
            var at = Math.min(cell, count);
            for (; at > 0 && scores[cell] < scores[nearest[at - 1]]; at--) {
                if (at < count) {
                    nearest[at] = nearest[at - 1];
                }
            }
            if (at < count) {
                nearest[at] = cell;
            }
        }
        return nearest;
    }

    /** How many cells come before that one. */
    static int rank(float[] scores, int cell) {
        var rank = 0;
        for (var other = 0; other < scores.length; other++) {
            if (scores[other] < scores[cell] || (scores[other] == scores[cell] && other < cell)) {
                rank++;
            }
        }
        return rank;
    }

    private static double[] mean(FeatureMatrix matrix) {
        var mean = new double[matrix.columns()];
        matrix.forEachRow((row, values, from) -> {
            for (var column = 0; column < mean.length; column++) {
                mean[column] += (double) values[from + column] / matrix.rows();
            }
        });
        return mean;
    }

    @Override
    public void close() {
        centroids.close();
    }
}
