package io.uad.testkit.contract;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.UadException;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Small inputs, each a function of its sizes. */
final class Rows {
    /** Groups in {@link #blobs}, far apart. */
    static final int GROUPS = 4;

    private static final Seed SEED = new Seed(1);

    private Rows() {}

    /** Standard normal numbers; those of two names differ. */
    static float[] normal(String name, int count) {
        var seed = SEED.derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return values;
    }

    /** Rows about four centres, in turns, each column with a deviation of its own. */
    static FeatureMatrix blobs(String name, int rows, int columns) {
        var centres = normal(name + "/centres", GROUPS * columns);
        var values = normal(name, rows * columns);
        for (var i = 0; i < values.length; i++) {
            var column = i % columns;
            values[i] = 4 * centres[i / columns % GROUPS * columns + column] + values[i] * (1 + column % 3) / 2;
        }
        return FeatureMatrix.of(values, columns);
    }

    /** Row i is row {@code from(i)} of another matrix. */
    static FeatureMatrix picked(FeatureMatrix matrix, int rows, IntUnaryOperator from) {
        var picked = FeatureMatrix.allocate(rows, matrix.columns());
        for (var row = 0; row < rows; row++) {
            picked.write(row, 1, matrix.row(from.applyAsInt(row)));
        }
        return picked;
    }

    /** A copy with one value replaced, in the last row and column. */
    static FeatureMatrix spoilt(FeatureMatrix matrix, float value) {
        var values = matrix.toArray();
        values[values.length - 1] = value;
        return FeatureMatrix.of(values, matrix.columns());
    }

    /** A copy whose even columns hold the same number in each row. */
    static FeatureMatrix constantColumns(FeatureMatrix matrix) {
        var values = matrix.toArray();
        for (var i = 0; i < values.length; i++) {
            if (i % matrix.columns() % 2 == 0) {
                values[i] = 1.5f;
            }
        }
        return FeatureMatrix.of(values, matrix.columns());
    }

    static void assertFinite(float[] values, String what) {
        for (var i = 0; i < values.length; i++) {
            Assertions.assertTrue(Float.isFinite(values[i]), what + "[" + i + "] is " + values[i]);
        }
    }

    static void assertRefused(ErrorKind kind, Executable work) {
        var error = Assertions.assertThrows(UadException.class, work);
        Assertions.assertEquals(kind, error.kind(), "kind of " + error);
    }
}
