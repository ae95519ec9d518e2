package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.DeviceSearch;
import io.uad.plugin.engine.common.NeighbourSearch;

/** Products of the library underneath, block by block where a whole result would not fit. */
final class DjlLinearAlgebra implements LinearAlgebra {
    private final NDManager manager;
    private final Transfer transfer = new Transfer();
    private final NeighbourSearch search = new NeighbourSearch();
    private final DeviceSearch deviceSearch = new DeviceSearch();

    DjlLinearAlgebra(NDManager manager) {
        this.manager = manager;
    }

    @Override
    public MatrixHandle upload(FeatureMatrix matrix) {
        return Native.withoutGradient(
                () -> "uploading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> uploaded(matrix));
    }

    private MatrixHandle uploaded(FeatureMatrix matrix) {
        var columns = matrix.columns();
        var target = manager.create(new Shape(matrix.rows(), columns));
        try {
            var rowsPerBlock = Math.min(Transfer.rowsPerBlock(columns), matrix.rows());
            var values = new float[Math.multiplyExact(rowsPerBlock, columns)];
            for (var first = 0; first < matrix.rows(); first += rowsPerBlock) {
                var count = Math.min(rowsPerBlock, matrix.rows() - first);
                matrix.read(first, count, values);
                transfer.write(values, target, first, first + count);
            }
            return new DjlMatrix(target, this);
        } catch (RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }

    @Override
    public FeatureMatrix read(MatrixHandle matrix) {
        var array = array(matrix);
        return Native.withoutGradient(
                () -> "reading a matrix of " + matrix.rows() + "x" + matrix.columns(),
                () -> read(array, matrix.rows(), matrix.columns()));
    }

    private static FeatureMatrix read(NDArray array, int rows, int columns) {
        var result = FeatureMatrix.allocate(rows, columns);
        var rowsPerBlock = Math.min(Transfer.rowsPerBlock(columns), rows);
        var values = new float[Math.multiplyExact(rowsPerBlock, columns)];
        for (var first = 0; first < rows; first += rowsPerBlock) {
            var count = Math.min(rowsPerBlock, rows - first);
            Transfer.read(array, first, first + count, values);
            result.write(first, count, values);
        }
        return result;
    }

    @Override
    public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        var a = array(left);
        var b = array(right);
        var rows = transposeLeft ? left.columns() : left.rows();
        var inner = transposeLeft ? left.rows() : left.columns();
        var columns = transposeRight ? right.rows() : right.columns();
        if (inner != (transposeRight ? right.columns() : right.rows())) {
            throw new IllegalArgumentException(rows + "x" + inner + " times "
                    + (transposeRight ? right.columns() : right.rows()) + "x" + columns + " is not defined");
        }
        return Native.withoutGradient(
                () -> "a product of " + rows + "x" + inner + " and " + inner + "x" + columns, () -> {
                    try (var block = manager.newSubManager()) {
                        var product = view(a, transposeLeft, block).matMul(view(b, transposeRight, block));
                        product.attach(manager);
                        return new DjlMatrix(product, this);
                    }
                });
    }

    @Override
    public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
        if (points.columns() != centroids.columns()) {
            throw new IllegalArgumentException("points have " + points.columns() + " columns and centroids "
                    + centroids.columns() + "; they must agree");
        }
        return search(points, centroids, count, false);
    }

    @Override
    public Neighbours neighbours(MatrixHandle points, int count) {
        return search(points, points, count, true);
    }

    private Neighbours search(MatrixHandle points, MatrixHandle others, int count, boolean leaveOutSelf) {
        var x = own(points);
        var c = own(others);
        var most = others.rows() - (leaveOutSelf ? 1 : 0);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("count must lie in 1.." + most + ", was " + count);
        }
        return Native.withoutGradient(
                () -> "the search for the " + count + " nearest of " + others.rows() + " rows for " + points.rows(),
                () -> search(x, c, count, leaveOutSelf));
    }

    private Neighbours search(DjlMatrix points, DjlMatrix others, int count, boolean leaveOutSelf) {
        var products = new DjlProducts(manager, this);
        if (manager.getDevice().isGpu()) {
            return deviceSearch.nearest(products, points, others, count, leaveOutSelf);
        }
        return leaveOutSelf
                ? search.neighbours(products, points, count)
                : search.nearest(products, points, others, count);
    }

    private static NDArray view(NDArray array, boolean transpose, NDManager block) {
        var view = array.get(block, Transfer.rows(0, array.getShape().get(0)));
        return transpose ? view.transpose() : view;
    }

    private NDArray array(MatrixHandle handle) {
        return own(handle).array();
    }

    private DjlMatrix own(MatrixHandle handle) {
        if (handle instanceof DjlMatrix own && own.owner() == this) {
            return own;
        }
        throw new IllegalArgumentException("the matrix belongs to another engine: " + handle.getClass());
    }
}
