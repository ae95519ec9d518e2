package io.uad.plugin.engine.libtorch;

import io.uad.plugin.engine.common.DeviceRows;
import io.uad.plugin.engine.common.RowProducts;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What searches need; products in the processor's memory go into the same part of it, one after the other. Without gradient mode only. */
final class LibtorchProducts implements RowProducts<LibtorchMatrix>, DeviceRows<LibtorchMatrix>, AutoCloseable {
    private final LibtorchLinearAlgebra owner;
    private final Transfer transfer;
    private @Nullable Tensor products;

    LibtorchProducts(LibtorchLinearAlgebra owner, Transfer transfer) {
        this.owner = owner;
        this.transfer = transfer;
    }

    @Override
    public FloatBuffer memory(Some<LibtorchMatrix> some) {
        try (var scope = new PointerScope()) {
            return buffer(rows(some));
        }
    }

    @Override
    public LibtorchMatrix less(Some<LibtorchMatrix> some, float[] origin) {
        try (var scope = new PointerScope()) {
            return owner.opened(LibtorchMatrix.keep(rows(some).sub(transfer.create(origin, origin.length)), owner));
        }
    }

    @Override
    public void multiply(Some<LibtorchMatrix> some, Some<LibtorchMatrix> others, Consumer<FloatBuffer> use) {
        try (var scope = new PointerScope()) {
            var target = products(some.count(), others.count());
            torch.mm_out(target, rows(some), rows(others).t());
            use.accept(buffer(target));
        }
    }

    @Override
    public float[] mean(LibtorchMatrix matrix) {
        try (var scope = new PointerScope()) {
            return Transfer.read(matrix.tensor().mean(0));
        }
    }

    @Override
    public Smallest smallest(Some<LibtorchMatrix> points, Some<LibtorchMatrix> others, int count) {
        try (var scope = new PointerScope()) {
            var rows = rows(others);
            var norms = rows.square().sum(1);
            var scores = torch.addmm(norms, rows(points), rows.t(), new Scalar(1), new Scalar(-2));
            var smallest = scores.topk(count, 1, false, false);
            return new Smallest(Transfer.read(smallest.get0()), Transfer.readLongs(smallest.get1()));
        }
    }

    @Override
    public float[] squaredDistances(Some<LibtorchMatrix> points, LibtorchMatrix others, long[] at) {
        try (var scope = new PointerScope()) {
            var chosen = others.tensor().index_select(0, transfer.toDevice(Transfer.of(at)));
            return Transfer.read(chosen.sub_(rows(points)).square_().sum(1));
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

    private static Tensor rows(Some<LibtorchMatrix> some) {
        return some.matrix().tensor().narrow(0, some.first(), some.count());
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
