package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.MatrixHandle;
import org.bytedeco.pytorch.Tensor;

/**
 * A matrix on the device.
 *
 * @param tensor {@code [rows, columns]}, float32
 * @param owner what made it
 */
record LibtorchMatrix(Tensor tensor, LibtorchLinearAlgebra owner, int rows, int columns) implements MatrixHandle {
    /** Takes a tensor of the scope over. */
    static LibtorchMatrix keep(Tensor tensor, LibtorchLinearAlgebra owner) {
        return new LibtorchMatrix(
                tensor.retainReference(), owner, Math.toIntExact(tensor.size(0)), Math.toIntExact(tensor.size(1)));
    }

    @Override
    public void close() {
        owner.closed(this);
    }
}
