package io.uad.plugin.engine.dl4j;

import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.BlockwiseAlgebra;
import io.uad.plugin.engine.common.LibraryCalls;
import java.util.function.Supplier;

/** Products and searches on matrices in native memory. */
final class Dl4jLinearAlgebra extends BlockwiseAlgebra<Dl4jMatrix> {
    private final NeighbourSearch search;

    Dl4jLinearAlgebra(int threads, Workers workers) {
        super(new LibraryCalls() {
            @Override
            public <T> T run(Supplier<String> doing, Supplier<T> work) {
                return Native.call(threads, doing, work);
            }
        });
        this.search = new NeighbourSearch(workers);
    }

    @Override
    protected Dl4jMatrix allocate(int rows, int columns) {
        return new Dl4jMatrix(Floats.allocate(Math.max(1, (long) rows * columns)), rows, columns, this);
    }

    @Override
    protected void write(Dl4jMatrix target, int first, int rows, float[] values) {
        Floats.write(target.vector(), (long) first * target.columns(), values, 0, rows * target.columns());
    }

    @Override
    protected void read(Dl4jMatrix source, int first, int rows, float[] values) {
        Floats.read(source.vector(), (long) first * source.columns(), values, 0, rows * source.columns());
    }

    @Override
    protected Dl4jMatrix product(
            Dl4jMatrix left, boolean transposeLeft, Dl4jMatrix right, boolean transposeRight, int rows, int columns) {
        var product = allocate(rows, columns);
        if ((transposeLeft ? left.rows() : left.columns()) > 0) {
            Ops.multiply(
                    left.matrix(0, left.rows()),
                    transposeLeft,
                    right.matrix(0, right.rows()),
                    transposeRight,
                    product.matrix(0, rows));
        } else {
            product.vector().assign(0);
        }
        return product;
    }

    @Override
    protected Neighbours search(Dl4jMatrix points, Dl4jMatrix others, int count, boolean leaveOutSelf) {
        return search.nearest(points, others, count, leaveOutSelf);
    }

    @Override
    protected void free(Dl4jMatrix matrix) {
        matrix.vector().close();
    }
}
