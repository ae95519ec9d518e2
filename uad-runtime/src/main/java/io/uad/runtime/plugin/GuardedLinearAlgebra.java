package io.uad.runtime.plugin;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;

/**
 * An engine's products, whose failures name the engine and not the plugin that called them, and whose neighbours are
 * checked. What the engine refuses as an argument stays the caller's mistake. Its matrices are the engine's own.
 */
record GuardedLinearAlgebra(RegisteredComponent component, LinearAlgebra algebra) implements LinearAlgebra {
    @Override
    public MatrixHandle upload(FeatureMatrix matrix) {
        return guard("upload()", () -> algebra.upload(matrix));
    }

    @Override
    public FeatureMatrix read(MatrixHandle matrix) {
        return guard("read()", () -> algebra.read(matrix));
    }

    @Override
    public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        return guard("multiply()", () -> algebra.multiply(left, transposeLeft, right, transposeRight));
    }

    @Override
    public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
        var found = guard("nearest()", () -> algebra.nearest(points, centroids, count));
        PluginContract.check(component, found, points.rows(), centroids.rows(), count);
        return found;
    }

    @Override
    public Neighbours neighbours(MatrixHandle points, int count) {
        var found = guard("neighbours()", () -> algebra.neighbours(points, count));
        PluginContract.check(component, found, points.rows(), points.rows(), count);
        return found;
    }

    private <T> T guard(String call, PluginCalls.Work<T, IllegalArgumentException> work) {
        return PluginContract.guard(component, call, IllegalArgumentException.class, work);
    }
}
