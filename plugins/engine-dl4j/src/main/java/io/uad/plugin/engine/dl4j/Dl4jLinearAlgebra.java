package io.uad.plugin.engine.dl4j;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Products and searches on matrices in native memory. */
final class Dl4jLinearAlgebra implements LinearAlgebra, AutoCloseable {
    private static final int VALUES_PER_BLOCK = 1 << 20;

    private final int threads;
    private final NeighbourSearch search;
    private final Set<Dl4jMatrix> open = Collections.newSetFromMap(new IdentityHashMap<>());

    Dl4jLinearAlgebra(int threads, Workers workers) {
        this.threads = threads;
        this.search = new NeighbourSearch(workers);
    }

    @Override
    public MatrixHandle upload(FeatureMatrix matrix) {
        return Native.call(threads, () -> "uploading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> {
            var result = create(matrix.rows(), matrix.columns());
            var rowsPerBlock = rowsPerBlock(matrix.rows(), matrix.columns());
            var values = new float[Math.multiplyExact(rowsPerBlock, matrix.columns())];
            for (var first = 0; first < matrix.rows(); first += rowsPerBlock) {
                var count = Math.min(rowsPerBlock, matrix.rows() - first);
                matrix.read(first, count, values);
                var from = (long) first * matrix.columns();
                Floats.write(result.vector(), from, values, 0, count * matrix.columns());
            }
            return result;
        });
    }

    @Override
    public FeatureMatrix read(MatrixHandle handle) {
        var matrix = own(handle);
        return Native.call(threads, () -> "reading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> {
            var result = FeatureMatrix.allocate(matrix.rows(), matrix.columns());
            var rowsPerBlock = rowsPerBlock(matrix.rows(), matrix.columns());
            var values = new float[Math.multiplyExact(rowsPerBlock, matrix.columns())];
            for (var first = 0; first < matrix.rows(); first += rowsPerBlock) {
                var count = Math.min(rowsPerBlock, matrix.rows() - first);
                var from = (long) first * matrix.columns();
                Floats.read(matrix.vector(), from, values, 0, count * matrix.columns());
                result.write(first, count, values);
            }
            return result;
        });
    }

    @Override
    public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        var a = own(left);
        var b = own(right);
        var rows = transposeLeft ? a.columns() : a.rows();
        var inner = transposeLeft ? a.rows() : a.columns();
        var other = transposeRight ? b.columns() : b.rows();
        var columns = transposeRight ? b.rows() : b.columns();
        if (inner != other) {
            throw new IllegalArgumentException(
                    rows + "x" + inner + " times " + other + "x" + columns + " is not defined");
        }
        return Native.call(
                threads, () -> "a product of " + rows + "x" + inner + " and " + inner + "x" + columns, () -> {
                    var product = create(rows, columns);
                    if (inner > 0) {
                        Ops.multiply(
                                a.matrix(0, a.rows()),
                                transposeLeft,
                                b.matrix(0, b.rows()),
                                transposeRight,
                                product.matrix(0, rows));
                    } else {
                        product.vector().assign(0);
                    }
                    return product;
                });
    }

    @Override
    public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
        return search(own(points), own(centroids), count, false);
    }

    @Override
    public Neighbours neighbours(MatrixHandle points, int count) {
        return search(own(points), own(points), count, true);
    }

    private Neighbours search(Dl4jMatrix points, Dl4jMatrix others, int count, boolean leaveOutSelf) {
        if (points.columns() != others.columns()) {
            throw new IllegalArgumentException("points have " + points.columns() + " columns and centroids "
                    + others.columns() + "; they must agree");
        }
        var most = others.rows() - (leaveOutSelf ? 1 : 0);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("count must lie in 1.." + most + ", was " + count);
        }
        return Native.call(
                threads,
                () -> "the search for the " + count + " nearest of " + others.rows() + " rows for " + points.rows(),
                () -> search.nearest(points, others, count, leaveOutSelf));
    }

    private Dl4jMatrix create(int rows, int columns) {
        var matrix = new Dl4jMatrix(Floats.allocate(Math.max(1, (long) rows * columns)), rows, columns, this);
        open.add(matrix);
        return matrix;
    }

    /** Frees a matrix, once. */
    void free(Dl4jMatrix matrix) {
        if (open.remove(matrix)) {
            matrix.vector().close();
        }
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(this::free);
    }

    private static int rowsPerBlock(int rows, int columns) {
        return Math.max(1, Math.min(rows, VALUES_PER_BLOCK / columns));
    }

    private Dl4jMatrix own(MatrixHandle handle) {
        if (handle instanceof Dl4jMatrix matrix && matrix.owner() == this) {
            if (!open.contains(matrix)) {
                throw new IllegalArgumentException("the matrix is closed");
            }
            return matrix;
        }
        throw new IllegalArgumentException("the matrix belongs to another engine: " + handle.getClass());
    }
}
