package io.uad.plugin.engine.libtorch;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.DeviceSearch;
import io.uad.plugin.engine.common.NeighbourSearch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Products of the library underneath, block by block where a whole result would not fit. */
final class LibtorchLinearAlgebra implements LinearAlgebra {
    private static final int VALUES_PER_BLOCK = 1 << 22; // 16 MiB

    private final Transfer transfer;
    private final boolean isGpu;
    private final NeighbourSearch search = new NeighbourSearch();
    private final DeviceSearch deviceSearch = new DeviceSearch();

    LibtorchLinearAlgebra(LibtorchDevice device) {
        this.transfer = device.transfer();
        this.isGpu = device.isGpu();
    }

    @Override
    public MatrixHandle upload(FeatureMatrix matrix) {
        return Native.withoutGradient(() -> "uploading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> {
            var target = transfer.allocate(matrix.rows(), matrix.columns());
            eachBlock(matrix.rows(), matrix.columns(), (first, count, values) -> {
                matrix.read(first, count, values);
                Transfer.writeRows(values, target, first, count);
            });
            return LibtorchMatrix.keep(target, this);
        });
    }

    @Override
    public FeatureMatrix read(MatrixHandle matrix) {
        var tensor = tensor(matrix);
        return Native.withoutGradient(() -> "reading a matrix of " + matrix.rows() + "x" + matrix.columns(), () -> {
            var result = FeatureMatrix.allocate(matrix.rows(), matrix.columns());
            eachBlock(matrix.rows(), matrix.columns(), (first, count, values) -> {
                Transfer.readRows(tensor, first, count, values);
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
            try (var scope = new PointerScope()) {
                block.take(first, Math.min(rowsPerBlock, rows - first), values);
            }
        }
    }

    @Override
    public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        var a = tensor(left);
        var b = tensor(right);
        var rows = transposeLeft ? left.columns() : left.rows();
        var inner = transposeLeft ? left.rows() : left.columns();
        var columns = transposeRight ? right.rows() : right.columns();
        if (inner != (transposeRight ? right.columns() : right.rows())) {
            throw new IllegalArgumentException(rows + "x" + inner + " times "
                    + (transposeRight ? right.columns() : right.rows()) + "x" + columns + " is not defined");
        }
        return Native.withoutGradient(
                () -> "a product of " + rows + "x" + inner + " and " + inner + "x" + columns,
                () -> LibtorchMatrix.keep(torch.mm(transposeLeft ? a.t() : a, transposeRight ? b.t() : b), this));
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
                () -> {
                    try (var products = new LibtorchProducts(this, transfer)) {
                        if (isGpu) {
                            return deviceSearch.nearest(products, x, c, count, leaveOutSelf);
                        }
                        return leaveOutSelf
                                ? search.neighbours(products, x, count)
                                : search.nearest(products, x, c, count);
                    }
                });
    }

    private Tensor tensor(MatrixHandle handle) {
        return own(handle).tensor();
    }

    private LibtorchMatrix own(MatrixHandle handle) {
        if (handle instanceof LibtorchMatrix own && own.owner() == this) {
            return own;
        }
        throw new IllegalArgumentException("the matrix belongs to another engine: " + handle.getClass());
    }
}
