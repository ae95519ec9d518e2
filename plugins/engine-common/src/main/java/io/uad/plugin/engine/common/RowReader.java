package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;
import java.nio.FloatBuffer;

/** Reads single rows of a matrix, which may be larger than a buffer. Several threads may read. */
final class RowReader {
    private static final int VALUES_PER_BUFFER = 1 << 28;

    private final FloatBuffer[] buffers;
    private final int rowsPerBuffer;
    private final int rows;
    private final int columns;

    private RowReader(FloatBuffer[] buffers, int rowsPerBuffer, int rows, int columns) {
        this.buffers = buffers;
        this.rowsPerBuffer = rowsPerBuffer;
        this.rows = rows;
        this.columns = columns;
    }

    static <M extends MatrixHandle> RowReader of(M matrix, RowProducts<M> library) {
        return of(matrix, library, VALUES_PER_BUFFER);
    }

    static <M extends MatrixHandle> RowReader of(M matrix, RowProducts<M> library, int valuesPerBuffer) {
        var rows = matrix.rows();
        var rowsPerBuffer = Math.max(1, Math.min(rows, valuesPerBuffer / matrix.columns()));
        var buffers = new FloatBuffer[(rows + rowsPerBuffer - 1) / rowsPerBuffer];
        for (var i = 0; i < buffers.length; i++) {
            var first = i * rowsPerBuffer;
            buffers[i] = library.memory(new SeenRows.Some<>(matrix, first, Math.min(rowsPerBuffer, rows - first)));
        }
        return new RowReader(buffers, rowsPerBuffer, rows, matrix.columns());
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Copies a row. */
    void read(int row, float[] target) {
        buffers[row / rowsPerBuffer].get(row % rowsPerBuffer * columns, target);
    }

    /** The mean of all rows, in whole numbers; empty if that is 0. */
    float[] roundedMean() {
        var sums = new double[columns];
        Spans.forEach(columns, (from, to) -> {
            var values = new float[to - from];
            for (var row = 0; row < rows; row++) {
                buffers[row / rowsPerBuffer].get(row % rowsPerBuffer * columns + from, values);
                for (var i = 0; i < values.length; i++) {
                    sums[from + i] += values[i];
                }
            }
        });
        var mean = new float[columns];
        var isNeeded = false;
        for (var column = 0; column < columns; column++) {
            mean[column] = origin(sums[column] / rows);
            isNeeded |= mean[column] != 0;
        }
        return isNeeded ? mean : new float[0];
    }

    /** In whole numbers; 0 where a row that is no number spoils the mean. */
    static float origin(double mean) {
        return Double.isFinite(mean) ? (float) Math.rint(mean) : 0;
    }

    /** The square of each row's length. */
    float[] squares() {
        var squares = new float[rows];
        Spans.forEach(rows, (from, to) -> {
            var origin = new float[columns];
            var values = new float[columns];
            for (var row = from; row < to; row++) {
                read(row, values);
                squares[row] = (float) squaredDistance(values, origin);
            }
        });
        return squares;
    }

    /** In four sums, which are as many as a processor adds to at once. */
    static double squaredDistance(float[] one, float[] other) {
        var sum0 = 0.0;
        var sum1 = 0.0;
        var sum2 = 0.0;
        var sum3 = 0.0;
        var i = 0;
        for (; i + 3 < one.length; i += 4) {
            var d0 = (double) one[i] - other[i];
            var d1 = (double) one[i + 1] - other[i + 1];
            var d2 = (double) one[i + 2] - other[i + 2];
            var d3 = (double) one[i + 3] - other[i + 3];
            sum0 += d0 * d0;
            sum1 += d1 * d1;
            sum2 += d2 * d2;
            sum3 += d3 * d3;
        }
        for (; i < one.length; i++) {
            var d = (double) one[i] - other[i];
            sum0 += d * d;
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
