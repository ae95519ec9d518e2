package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.BlockwiseAlgebra;
import io.uad.plugin.engine.common.DeviceSearch;
import io.uad.plugin.engine.common.NeighbourSearch;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Products of the library underneath. */
final class LibtorchLinearAlgebra extends BlockwiseAlgebra<LibtorchMatrix> {
    private final Transfer transfer;
    private final boolean isGpu;
    private final NeighbourSearch search = new NeighbourSearch();
    private final DeviceSearch deviceSearch = new DeviceSearch();

    LibtorchLinearAlgebra(LibtorchDevice device) {
        super(device.isGpu() ? LibtorchLinearAlgebra::exactly : Native::withoutGradient);
        this.transfer = device.transfer();
        this.isGpu = device.isGpu();
    }

    /** In float32 whatever networks are computed in, which set that anew: distances differ by less than TF32 keeps. */
    private static <T> T exactly(Supplier<String> doing, Supplier<T> work) {
        return Native.withoutGradient(doing, () -> {
            Library.allowTf32(false); // the library's own guard is not asked by all of its products
            return work.get();
        });
    }

    @Override
    protected LibtorchMatrix allocate(int rows, int columns) {
        return LibtorchMatrix.keep(transfer.allocate(rows, columns), this);
    }

    @Override
    protected void write(LibtorchMatrix target, int first, int rows, float[] values) {
        try (var scope = new PointerScope()) {
            Transfer.writeRows(values, target.tensor(), first, rows);
        }
    }

    @Override
    protected void read(LibtorchMatrix source, int first, int rows, float[] values) {
        try (var scope = new PointerScope()) {
            Transfer.readRows(source.tensor(), first, rows, values);
        }
    }

    @Override
    protected LibtorchMatrix product(
            LibtorchMatrix left,
            boolean transposeLeft,
            LibtorchMatrix right,
            boolean transposeRight,
            int rows,
            int columns) {
        return LibtorchMatrix.keep(torch.mm(view(left, transposeLeft), view(right, transposeRight)), this);
    }

    private static Tensor view(LibtorchMatrix matrix, boolean transpose) {
        return transpose ? matrix.tensor().t() : matrix.tensor();
    }

    @Override
    protected Neighbours search(LibtorchMatrix points, LibtorchMatrix others, int count, boolean leaveOutSelf) {
        try (var products = new LibtorchProducts(this, transfer)) {
            if (isGpu) {
                return deviceSearch.nearest(products, points, others, count, leaveOutSelf);
            }
            return leaveOutSelf
                    ? search.neighbours(products, points, count)
                    : search.nearest(products, points, others, count);
        }
    }

    @Override
    protected void free(LibtorchMatrix matrix) {
        matrix.tensor().close();
    }
}
