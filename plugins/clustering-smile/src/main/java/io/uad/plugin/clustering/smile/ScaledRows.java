package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import java.nio.DoubleBuffer;
import java.util.HashMap;
import java.util.stream.IntStream;

/**
 * The rows in double, moved to have mean 0 and divided by one number, so that their mean squared length is 1: what
 * Smile finds then does not depend on the unit of the features. Constant columns, which tell nothing but would count as
 * dimensions, are left out. Equal rows stay equal.
 *
 * @param rows {@code [N][columns that vary]}, the owner's
 * @param scale what each difference was multiplied by; 0 if all rows are equal
 */
record ScaledRows(double[][] rows, double scale) {
    /** Relative to the spread of all rows; far above Smile's own threshold of equality, 1e-10. */
    private static final double NOISE = 1e-6;

    /** Copies the rows, without columns that are constant. */
    static ScaledRows of(FeatureMatrix features) {
        var origin = features.row(0); // subtracted first: then a constant column is 0 to the last bit
        var columns = varying(features, origin);
        var rows = new double[features.rows()][columns.length];
        var mean = new double[columns.length];
        features.forEachRow((row, values, from) -> {
            for (var j = 0; j < columns.length; j++) {
                rows[row][j] = (double) values[from + columns[j]] - origin[columns[j]];
                mean[j] += rows[row][j] / rows.length;
            }
        });
        var squares = 0.0;
        for (var row : rows) {
            for (var j = 0; j < mean.length; j++) {
                row[j] -= mean[j];
                squares += row[j] * row[j];
            }
        }
        var scale = squares == 0 ? 0 : Math.sqrt(rows.length / squares);
        for (var row : rows) {
            for (var j = 0; j < mean.length; j++) {
                row[j] *= scale;
            }
        }
        return new ScaledRows(rows, scale);
    }

    /** The columns in which some row differs from the first. */
    private static int[] varying(FeatureMatrix features, float[] first) {
        var varies = new boolean[first.length];
        features.forEachRow((row, values, from) -> {
            for (var j = 0; j < first.length; j++) {
                varies[j] |= values[from + j] != first[j];
            }
        });
        return IntStream.range(0, first.length).filter(j -> varies[j]).toArray();
    }

    /** Whether all rows are the same. */
    boolean allEqual() {
        return scale == 0;
    }

    /**
     * The rows with a millionth of their spread added as normal noise, which changes nothing but that duplicates become
     * a tiny Gaussian cluster: that of equal rows has an infinite likelihood.
     */
    double[][] withNoise(Seed seed) {
        var columns = rows[0].length;
        var deviation = NOISE / Math.sqrt(columns);
        var noisy = new double[rows.length][];
        for (var i = 0; i < rows.length; i++) {
            noisy[i] = rows[i].clone();
            for (var j = 0; j < columns; j++) {
                noisy[i][j] += deviation * seed.gaussian((long) i * columns + j);
            }
        }
        return noisy;
    }

    /** For each row the first one that equals it. */
    int[] firstEqual() {
        var first = new int[rows.length];
        var known = new HashMap<DoubleBuffer, Integer>();
        for (var row = 0; row < rows.length; row++) {
            var equal = known.putIfAbsent(DoubleBuffer.wrap(rows[row]), row);
            first[row] = equal == null ? row : equal;
        }
        return first;
    }

    /** Between two rows. */
    double squaredDistance(int one, int other) {
        var sum = 0.0;
        for (var j = 0; j < rows[one].length; j++) {
            var difference = rows[one][j] - rows[other][j];
            sum += difference * difference;
        }
        return sum;
    }

    /** Between all rows, {@code [N][N]}. */
    double[][] squaredDistances() {
        var squared = new double[rows.length][rows.length];
        IntStream.range(0, rows.length).parallel().forEach(i -> {
            for (var j = 0; j < rows.length; j++) {
                squared[i][j] = squaredDistance(i, j);
            }
        });
        return squared;
    }
}
