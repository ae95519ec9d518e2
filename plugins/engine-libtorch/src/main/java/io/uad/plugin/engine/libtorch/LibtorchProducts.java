package io.uad.plugin.engine.libtorch;

import io.uad.plugin.engine.common.RowProducts;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Products for a search, all of them into the same memory. Without gradient mode only. */
final class LibtorchProducts implements RowProducts<LibtorchMatrix>, AutoCloseable {
    private final LibtorchLinearAlgebra owner;
    private final Transfer transfer;
    private @Nullable Tensor products;

    LibtorchProducts(LibtorchLinearAlgebra owner, Transfer transfer) {
        this.owner = owner;
        this.transfer = transfer;
    }

    @Override
    public FloatBuffer memory(LibtorchMatrix matrix, int first, int count) {
        try (var scope = new PointerScope()) {
            return buffer(rows(matrix, first, count));
        }
    }

    @Override
    public LibtorchMatrix less(LibtorchMatrix matrix, int first, int count, float[] origin) {
        try (var scope = new PointerScope()) {
            var seen = rows(matrix, first, count).sub(transfer.create(origin, origin.length));
            return LibtorchMatrix.keep(seen, owner);
        }
    }

    @Override
    public void multiply(Some<LibtorchMatrix> rows, Some<LibtorchMatrix> others, Consumer<FloatBuffer> use) {
        try (var scope = new PointerScope()) {
            var target = products(rows.count(), others.count());
            var columns = rows(others.matrix(), others.first(), others.count()).t();
            torch.mm_out(target, rows(rows.matrix(), rows.first(), rows.count()), columns);
            use.accept(buffer(target));
        }
    }

    /** The first of the values, as a matrix of that size. */
    private Tensor products(int rows, int columns) {
        var size = (long) rows * columns;
        if (products == null || products.numel() < size) {
            close();
            products = transfer.allocate(size).retainReference();
        }
        return products.narrow(0, 0, size).view(rows, columns);
    }

    private static Tensor rows(LibtorchMatrix matrix, int first, int count) {
        return matrix.tensor().narrow(0, first, count);
    }

    /** Memory that Java sees but does not own. */
    private static FloatBuffer buffer(Tensor tensor) {
        return new FloatPointer(tensor.data_ptr_float())
                .capacity(tensor.numel())
                .asBuffer();
    }

    @Override
    public void close() {
        if (products != null) {
            products.close();
            products = null;
        }
    }
}
