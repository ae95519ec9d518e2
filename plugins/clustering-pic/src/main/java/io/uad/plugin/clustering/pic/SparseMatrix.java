package io.uad.plugin.clustering.pic;

import io.uad.api.UadException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A square matrix in compressed sparse rows (CSR): the values of a row and their columns lie side by side.
 *
 * @param starts {@code [N + 1]}, where in the other two each row begins, and their length
 * @param columns of each value
 * @param values in double
 */
record SparseMatrix(int[] starts, int[] columns, double[] values) {
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8; // of an array

    /**
     * A matrix with equally many values in every row.
     *
     * @param perRow how many
     * @param columns {@code [N * perRow]}; shared
     * @param values {@code [N * perRow]}; shared
     */
    static SparseMatrix regular(int perRow, int[] columns, double[] values) {
        var starts = new int[columns.length / perRow + 1];
        for (var row = 1; row < starts.length; row++) {
            starts[row] = row * perRow;
        }
        return new SparseMatrix(starts, columns, values);
    }

    /** N. */
    int rows() {
        return starts.length - 1;
    }

    /** One value of {@code M v}: the row's products, added in the order of the columns. */
    double product(int row, double[] v) {
        var sum = 0.0;
        for (int at = starts[row], end = starts[row + 1]; at < end; at++) {
            sum += values[at] * v[columns[at]];
        }
        return sum;
    }

    /**
     * {@code M + M^T}, each column of a row once and in ascending order.
     *
     * @throws UadException of kind CONFIG if that are more values than an array holds
     */
    SparseMatrix plusTransposed() {
        var transposed = transposed();
        return sum(transposed.transposed(), transposed); // transposed twice it is itself, in order
    }

    /** The columns of each row of the result ascend. */
    private SparseMatrix transposed() {
        var ends = new int[starts.length];
        for (var column : columns) {
            ends[column + 1]++;
        }
        for (var row = 1; row < ends.length; row++) {
            ends[row] += ends[row - 1];
        }
        var begins = ends.clone();
        var rowsOfColumns = new int[columns.length];
        var valuesOfColumns = new double[columns.length];
        for (var row = 0; row < rows(); row++) {
            for (var at = starts[row]; at < starts[row + 1]; at++) {
                var to = ends[columns[at]]++;
                rowsOfColumns[to] = row;
                valuesOfColumns[to] = values[at];
            }
        }
        return new SparseMatrix(begins, rowsOfColumns, valuesOfColumns);
    }

    /** Of two whose columns ascend. */
    private static SparseMatrix sum(SparseMatrix a, SparseMatrix b) {
        var starts = new int[a.starts.length];
        IntStream.range(0, a.rows()).parallel().forEach(row -> starts[row + 1] = merged(a, b, row, null));
        var total = 0L;
        for (var row = 1; row < starts.length; row++) {
            total += starts[row];
            starts[row] = (int) Math.min(total, MOST_VALUES);
        }
        if (total > MOST_VALUES) {
            throw UadException.config(
                    "the graph of " + a.rows() + " images has " + total + " weights",
                    "clustering.neighbours",
                    MOST_VALUES + " or fewer",
                    "Lower clustering.neighbours");
        }
        var result = new SparseMatrix(starts, new int[(int) total], new double[(int) total]);
        IntStream.range(0, a.rows()).parallel().forEach(row -> merged(a, b, row, result));
        return result;
    }

    /**
     * How many columns a row of both has.
     *
     * @param result where their sums are put, if anywhere
     */
    private static int merged(SparseMatrix a, SparseMatrix b, int row, @Nullable SparseMatrix result) {
        var inA = a.starts[row];
        var inB = b.starts[row];
        var count = 0;
        for (; inA < a.starts[row + 1] || inB < b.starts[row + 1]; count++) {
            var column = Math.min(a.columnAt(inA, row), b.columnAt(inB, row));
            var value = 0.0;
            if (a.columnAt(inA, row) == column) {
                value += a.values[inA++];
            }
            if (b.columnAt(inB, row) == column) {
                value += b.values[inB++];
            }
            if (result != null) {
                result.columns[result.starts[row] + count] = column;
                result.values[result.starts[row] + count] = value;
            }
        }
        return count;
    }

    /** Beyond the end of the row a column that is larger than all. */
    private int columnAt(int at, int row) {
        return at < starts[row + 1] ? columns[at] : Integer.MAX_VALUE;
    }
}
