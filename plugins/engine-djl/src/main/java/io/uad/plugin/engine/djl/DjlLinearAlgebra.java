package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.BlockwiseAlgebra;
import io.uad.plugin.engine.common.DeviceSearch;
import io.uad.plugin.engine.common.NeighbourSearch;

/** Products of the library underneath. */
final class DjlLinearAlgebra extends BlockwiseAlgebra<DjlMatrix> {
    private final NDManager manager;
    private final Transfer transfer = new Transfer();
    private final NeighbourSearch search = new NeighbourSearch();
    private final DeviceSearch deviceSearch = new DeviceSearch();

    DjlLinearAlgebra(NDManager manager) {
        super(Native::withoutGradient);
        this.manager = manager;
    }

    @Override
    protected DjlMatrix allocate(int rows, int columns) {
        return new DjlMatrix(manager.create(new Shape(rows, columns)), this);
    }

    @Override
    protected void write(DjlMatrix target, int first, int rows, float[] values) {
        transfer.write(values, target.array(), first, first + rows);
    }

    @Override
    protected void read(DjlMatrix source, int first, int rows, float[] values) {
        Transfer.read(source.array(), first, first + rows, values);
    }

    @Override
    protected DjlMatrix product(
            DjlMatrix left, boolean transposeLeft, DjlMatrix right, boolean transposeRight, int rows, int columns) {
        try (var block = manager.newSubManager()) {
            var product = view(left, transposeLeft, block).matMul(view(right, transposeRight, block));
            product.attach(manager);
            return new DjlMatrix(product, this);
        }
    }

    private static NDArray view(DjlMatrix matrix, boolean transpose, NDManager block) {
        var view = matrix.array().get(block, Transfer.rows(0, matrix.rows()));
        return transpose ? view.transpose() : view;
    }

    @Override
    protected Neighbours search(DjlMatrix points, DjlMatrix others, int count, boolean leaveOutSelf) {
        var products = new DjlProducts(manager, this);
        if (manager.getDevice().isGpu()) {
            return deviceSearch.nearest(products, points, others, count, leaveOutSelf);
        }
        return leaveOutSelf
                ? search.neighbours(products, points, count)
                : search.nearest(products, points, others, count);
    }

    @Override
    protected void free(DjlMatrix matrix) {
        matrix.array().close();
    }
}
