package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.core.Linear;
import io.uad.plugin.engine.common.DeviceRows;
import io.uad.plugin.engine.common.RowProducts;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** What searches need of the library; nothing of it stays behind but what they keep. Without gradient mode only. */
record DjlProducts(NDManager manager, DjlLinearAlgebra owner) implements RowProducts<DjlMatrix>, DeviceRows<DjlMatrix> {
    @Override
    public FloatBuffer memory(Some<DjlMatrix> some) {
        try (var scope = manager.newSubManager()) {
            return buffer(rows(some, scope)); // of the matrix, which lives on
        }
    }

    @Override
    public DjlMatrix less(Some<DjlMatrix> some, float[] origin) {
        try (var scope = manager.newSubManager()) {
            var seen = rows(some, scope).sub(scope.create(origin));
            seen.attach(manager);
            return owner.opened(new DjlMatrix(seen, owner));
        }
    }

    @Override
    public void multiply(Some<DjlMatrix> some, Some<DjlMatrix> others, Consumer<FloatBuffer> use) {
        try (var scope = manager.newSubManager()) {
            var products = rows(some, scope).matMul(rows(others, scope).transpose());
            products.attach(scope);
            use.accept(buffer(products));
        }
    }

    @Override
    public float[] mean(DjlMatrix matrix) {
        try (var scope = manager.newSubManager()) {
            return rows(new Some<>(matrix, 0, matrix.rows()), scope)
                    .mean(new int[] {0})
                    .toFloatArray();
        }
    }

    @Override
    public Smallest smallest(Some<DjlMatrix> points, Some<DjlMatrix> others, int count) {
        try (var scope = manager.newSubManager()) {
            var rows = rows(others, scope);
            var norms = rows.square().sum(new int[] {1});
            var scores = Linear.linear(rows(points, scope), rows.mul(-2), norms).singletonOrThrow();
            scores.attach(scope);
            var smallest = scores.topK(count, 1, false, false);
            smallest.attach(scope);
            return new Smallest(smallest.get(0).toFloatArray(), smallest.get(1).toLongArray());
        }
    }

    @Override
    public float[] squaredDistances(Some<DjlMatrix> points, DjlMatrix others, long[] at) {
        try (var scope = manager.newSubManager()) {
            var chosen = others.array().get(scope, new NDIndex("{}", scope.create(at)));
            return chosen.subi(rows(points, scope)).square().sum(new int[] {1}).toFloatArray();
        }
    }

    /** They share the matrix's memory. */
    private static NDArray rows(Some<DjlMatrix> some, NDManager scope) {
        return some.matrix().array().get(scope, Transfer.rows(some.first(), some.first() + (long) some.count()));
    }

    /** Memory that Java sees but does not own. */
    private static FloatBuffer buffer(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
