package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import io.uad.api.engine.MatrixHandle;

/**
 * A matrix on the device.
 *
 * @param array {@code [rows, columns]}, float32
 * @param owner what made it
 */
record DjlMatrix(NDArray array, DjlLinearAlgebra owner) implements MatrixHandle {
    @Override
    public int rows() {
        return (int) array.getShape().get(0);
    }

    @Override
    public int columns() {
        return (int) array.getShape().get(1);
    }

    @Override
    public void close() {
        owner.closed(this);
    }
}
