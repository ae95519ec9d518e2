package io.uad.plugin.engine.common;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Matrices of a library: checks what is asked of them, copies them block by block, and frees those that are still open in
 * the end.
 *
 * @param <M> a matrix of the library, whose {@code close} is {@link #closed}
 */
public abstract class BlockwiseAlgebra<M extends MatrixHandle> implements LinearAlgebra, AutoCloseable {
    private static final int VALUES_PER_BLOCK = 1 << 22; // 16 MiB

    private final LibraryCalls calls;
    private final Set<MatrixHandle> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param calls into the library */
    protected BlockwiseAlgebra(LibraryCalls calls) {
        this.calls = calls;
    }

    /** New memory. */
    protected abstract M allocate(int rows, int columns);

    /** Overwrites rows with the first of {@code values}. */
    protected abstract void write(M target, int first, int rows, float[] values);

    /** Copies rows to the beginning of {@code values}. */
    protected abstract void read(M source, int first, int rows, float[] values);

    /** {@code op(left) op(right)}, {@code [rows, columns]}; the sides fit. */
    protected abstract M product(M left, boolean transposeLeft, M right, boolean transposeRight, int rows, int columns);

    /** The nearest others of each point; they have as many columns, and there are enough of them. */
    protected abstract Neighbours search(M points, M others, int count, boolean leaveOutSelf);

    /** Frees a matrix's memory. */
    protected abstract void free(M matrix);

    /** Keeps a new matrix until it is closed. */
    public final M opened(M matrix) {
        open.add(matrix);
        return matrix;
    }

    /** Frees a matrix, once. */
    public final void closed(M matrix) {
        if (open.remove(matrix)) {
            free(matrix);
        }
    }

    @Override
    public final MatrixHandle upload(FeatureMatrix matrix) {
        return calls.run(() -> "uploading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> {
            var target = opened(allocate(matrix.rows(), matrix.columns()));
            var done = false;
            try {
                eachBlock(matrix.rows(), matrix.columns(), (first, count, values) -> {
                    matrix.read(first, count, values);
                    write(target, first, count, values);
                });
                done = true;
                return target;
            } finally {
                if (!done) {
                    closed(target);
                }
            }
        });
    }

    @Override
    public final FeatureMatrix read(MatrixHandle matrix) {
        var source = own(matrix);
        return calls.run(() -> "reading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> {
            var result = FeatureMatrix.allocate(matrix.rows(), matrix.columns());
            eachBlock(matrix.rows(), matrix.columns(), (first, count, values) -> {
                read(source, first, count, values);
                result.write(first, count, values);
            });
            return result;
        });
    }

    /** Some rows, and a buffer for them. */
    @FunctionalInterface
    private interface Block {
        void take(int first, int count, float[] values);
    }

    private static void eachBlock(int rows, int columns, Block block) {
        var rowsPerBlock = Math.min(Math.max(1, VALUES_PER_BLOCK / columns), rows);
        var values = new float[Math.multiplyExact(rowsPerBlock, columns)];
        for (var first = 0; first < rows; first += rowsPerBlock) {
            block.take(first, Math.min(rowsPerBlock, rows - first), values);
        }
    }

    @Override
    public final MatrixHandle multiply(
            MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        var a = own(left);
        var b = own(right);
        var rows = transposeLeft ? left.columns() : left.rows();
        var inner = transposeLeft ? left.rows() : left.columns();
        var other = transposeRight ? right.columns() : right.rows();
        var columns = transposeRight ? right.rows() : right.columns();
        if (inner != other) {
            throw new IllegalArgumentException(
                    rows + "x" + inner + " times " + other + "x" + columns + " is not defined");
        }
        return calls.run(
                () -> "a product of " + rows + "x" + inner + " and " + inner + "x" + columns,
                () -> opened(product(a, transposeLeft, b, transposeRight, rows, columns)));
    }

    @Override
    public final Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
        if (points.columns() != centroids.columns()) {
            throw new IllegalArgumentException("points have " + points.columns() + " columns and centroids "
                    + centroids.columns() + "; they must agree");
        }
        return searched(points, centroids, count, false);
    }

    @Override
    public final Neighbours neighbours(MatrixHandle points, int count) {
        return searched(points, points, count, true);
    }

    private Neighbours searched(MatrixHandle points, MatrixHandle others, int count, boolean leaveOutSelf) {
        var x = own(points);
        var c = own(others);
        var most = others.rows() - (leaveOutSelf ? 1 : 0);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("count must lie in 1.." + most + ", was " + count);
        }
        return calls.run(
                () -> "the search for the " + count + " nearest of " + others.rows() + " rows for " + points.rows(),
                () -> search(x, c, count, leaveOutSelf));
    }

    @SuppressWarnings("unchecked") // only such are ever opened
    private M own(MatrixHandle handle) {
        if (!open.contains(handle)) {
            throw new IllegalArgumentException(
                    "the matrix is closed, or belongs to another engine: " + handle.getClass());
        }
        return (M) handle;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void close() {
        List.copyOf(open).forEach(matrix -> closed((M) matrix));
    }
}
