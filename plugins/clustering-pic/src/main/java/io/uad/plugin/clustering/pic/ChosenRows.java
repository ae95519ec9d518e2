package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Copies rows out of a matrix. */
final class ChosenRows {
    private ChosenRows() {}

    /** The rows with the numbers {@code rows[from]} to {@code rows[to - 1]}, as a new matrix. */
    static FeatureMatrix of(FeatureMatrix features, int[] rows, int from, int to) {
        var chosen = FeatureMatrix.allocate(to - from, features.columns());
        IntStream.range(from, to).parallel().forEach(at -> chosen.write(at - from, 1, features.row(rows[at])));
        return chosen;
    }

    /** All of them. */
    static FeatureMatrix of(FeatureMatrix features, int[] rows) {
        return of(features, rows, 0, rows.length);
    }

    /** The sum of the squares of each row. */
    static double[] squares(FeatureMatrix features) {
        var squares = new double[features.rows()];
        Arrays.parallelSetAll(squares, row -> {
            var sum = 0.0;
            for (var value : features.row(row)) {
                sum += (double) value * value;
            }
            return sum;
        });
        return squares;
    }
}
