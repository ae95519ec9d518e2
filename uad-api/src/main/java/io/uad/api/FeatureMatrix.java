package io.uad.api;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A matrix of features {@code [N, D]}, float32, one row per sample.
 *
 * <p>Rows are stored in blocks, so that {@code N * D} may exceed an {@code int}; the blocks may lie on the heap or in a
 * mapped file. Several threads may read, or write different rows, at once. A matrix that was made from an array or from a
 * {@link Storage} shares it; whoever gets a matrix to read leaves it unchanged.
 *
 * @since 0.1
 */
public final class FeatureMatrix {
    private static final int FLOATS_PER_BLOCK = 1 << 24;
    private static final int FLOATS_PER_READ = 1 << 20;
    private static final double[] NOTHING = {};

    private final int rows;
    private final int columns;
    private final int rowsPerBlock;
    private final List<FloatBuffer> blocks;
    private final double[] subtracted; // [D]; empty for nothing

    private FeatureMatrix(int rows, int columns, int rowsPerBlock, List<FloatBuffer> blocks, double[] subtracted) {
        this.rows = rows;
        this.columns = columns;
        this.rowsPerBlock = rowsPerBlock;
        this.blocks = blocks;
        this.subtracted = subtracted;
    }

    /** Where the storage of a block of that many floats comes from. */
    @FunctionalInterface
    public interface Storage {
        /**
         * Makes one block.
         *
         * @return zeros, at least {@code floats} of them from index 0 on; the matrix's own from here on
         */
        FloatBuffer allocate(int floats);
    }

    /** Takes one row after the other. */
    @FunctionalInterface
    public interface RowVisitor {
        /**
         * Looks at one row.
         *
         * @param values holds the row's {@code D} values from index {@code from} on, and others beside them; reused
         *     afterwards
         */
        void visit(int row, float[] values, int from);
    }

    /** A matrix of zeros on the heap. */
    public static FeatureMatrix allocate(int rows, int columns) {
        return allocate(rows, columns, FloatBuffer::allocate);
    }

    /**
     * A matrix whose blocks come from {@code storage}, in order.
     *
     * @throws IllegalArgumentException if {@code rows} is negative or {@code columns} below 1
     */
    public static FeatureMatrix allocate(int rows, int columns, Storage storage) {
        if (rows < 0 || columns < 1) {
            throw new IllegalArgumentException(
                    "rows must be 0 or more and columns 1 or more, were " + rows + " and " + columns);
        }
        var rowsPerBlock = Math.max(1, FLOATS_PER_BLOCK / columns);
        var blocks = new ArrayList<FloatBuffer>();
        for (var first = 0L; first < rows; first += rowsPerBlock) {
            blocks.add(storage.allocate((int) (Math.min(rowsPerBlock, rows - first) * columns)));
        }
        return new FeatureMatrix(rows, columns, rowsPerBlock, List.copyOf(blocks), NOTHING);
    }

    /**
     * A matrix over that array, row by row; the array is shared, not copied.
     *
     * @throws IllegalArgumentException if the length is no multiple of {@code columns}
     */
    public static FeatureMatrix of(float[] values, int columns) {
        if (columns < 1 || values.length % columns != 0) {
            throw new IllegalArgumentException(values.length + " values are no rows of " + columns);
        }
        var rows = values.length / columns;
        return new FeatureMatrix(rows, columns, Math.max(1, rows), List.of(FloatBuffer.wrap(values)), NOTHING);
    }

    /** N. */
    public int rows() {
        return rows;
    }

    /** D. */
    public int columns() {
        return columns;
    }

    /**
     * One value.
     *
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public float get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        var value = blocks.get(row / rowsPerBlock).get(row % rowsPerBlock * columns + column);
        return subtracted.length == 0 ? value : (float) (value - subtracted[column]);
    }

    /**
     * Copies rows out.
     *
     * @param first the first row
     * @param count how many
     * @param target receives {@code count * columns()} values from index 0 on
     * @throws IndexOutOfBoundsException if there are not so many rows, or {@code target} is too short
     */
    public void read(int first, int count, float[] target) {
        Objects.checkFromIndexSize(first, count, rows);
        for (var done = 0; done < count; ) {
            var row = first + done;
            var inBlock = row % rowsPerBlock;
            var some = Math.min(count - done, rowsPerBlock - inBlock);
            blocks.get(row / rowsPerBlock).get(inBlock * columns, target, done * columns, some * columns);
            done += some;
        }
        if (subtracted.length > 0) {
            for (int row = 0, at = 0; row < count; row++) {
                for (var column = 0; column < columns; column++, at++) {
                    target[at] = (float) (target[at] - subtracted[column]);
                }
            }
        }
    }

    /**
     * Copies rows in.
     *
     * @param first the first row
     * @param count how many
     * @param source holds {@code count * columns()} values from index 0 on; copied
     * @throws IndexOutOfBoundsException if there are not so many rows, or {@code source} is too short
     * @throws UnsupportedOperationException if this is a view by {@link #minus}
     */
    public void write(int first, int count, float[] source) {
        if (subtracted.length > 0) {
            throw new UnsupportedOperationException("a matrix less a row can be read only");
        }
        Objects.checkFromIndexSize(first, count, rows);
        for (var done = 0; done < count; ) {
            var row = first + done;
            var inBlock = row % rowsPerBlock;
            var some = Math.min(count - done, rowsPerBlock - inBlock);
            blocks.get(row / rowsPerBlock).put(inBlock * columns, source, done * columns, some * columns);
            done += some;
        }
    }

    /**
     * The first rows as a matrix that shares this one's storage.
     *
     * @throws IndexOutOfBoundsException if there are fewer than {@code count}
     */
    public FeatureMatrix head(int count) {
        Objects.checkFromIndexSize(0, count, rows);
        return new FeatureMatrix(count, columns, rowsPerBlock, blocks, subtracted);
    }

    /**
     * These rows less another one, such as their mean: a view that shares this matrix's storage and subtracts, in double,
     * whenever it is read, so that centring needs no second copy. It cannot be written.
     *
     * @param row {@code [D]}; copied
     * @throws IllegalArgumentException if its length is not {@code columns()}
     */
    public FeatureMatrix minus(double[] row) {
        if (row.length != columns) {
            throw new IllegalArgumentException("row must have " + columns + " values, had " + row.length);
        }
        var sum = row.clone();
        for (var column = 0; column < subtracted.length; column++) {
            sum[column] += subtracted[column];
        }
        return new FeatureMatrix(rows, columns, rowsPerBlock, blocks, sum);
    }

    /** Shows all rows in order; reads them in blocks, which is faster than one by one. */
    public void forEachRow(RowVisitor visitor) {
        var some = Math.max(1, Math.min(FLOATS_PER_READ / columns, rows));
        var values = new float[some * columns];
        for (var first = 0; first < rows; first += some) {
            var count = Math.min(some, rows - first);
            read(first, count, values);
            for (var i = 0; i < count; i++) {
                visitor.visit(first + i, values, i * columns);
            }
        }
    }

    /**
     * Looks for a value that is not finite.
     *
     * @param stage whose input this is, such as {@code clustering}
     * @throws UadException of kind DATA if there is one, with its row and column
     */
    public void requireFinite(String stage) {
        forEachRow((row, values, from) -> {
            for (var column = 0; column < columns; column++) {
                if (!Float.isFinite(values[from + column])) {
                    throw UadException.data(
                            "the feature in row " + row + ", column " + column + " is " + values[from + column],
                            stage,
                            "finite features",
                            "The network has probably diverged: lower training.learning-rate");
                }
            }
        });
    }

    /** A copy of one row. */
    public float[] row(int row) {
        var values = new float[columns];
        read(row, 1, values);
        return values;
    }

    /**
     * A copy of everything.
     *
     * @throws ArithmeticException if that is more than an array holds
     */
    public float[] toArray() {
        var values = new float[Math.multiplyExact(rows, columns)];
        read(0, rows, values);
        return values;
    }
}
