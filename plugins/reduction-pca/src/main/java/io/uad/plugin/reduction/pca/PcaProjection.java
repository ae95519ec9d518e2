package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.reduction.Projection;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * {@code (x - mean) W}, then each row scaled to length 1; a row of zeros stays one. W holds the axes divided by the square
 * roots of the scatter matrix's eigenvalues.
 */
final class PcaProjection implements Projection {
    private final Moments moments;
    private final float[] eigenvalues;
    private final FeatureMatrix whitening;
    private final LinearAlgebra algebra;
    private final MatrixHandle onDevice;

    private PcaProjection(Moments moments, float[] eigenvalues, FeatureMatrix whitening, LinearAlgebra algebra) {
        this.moments = moments;
        this.eigenvalues = eigenvalues;
        this.whitening = whitening;
        this.algebra = algebra;
        this.onDevice = algebra.upload(whitening);
    }

    /** @param count how many of the axes are kept */
    static PcaProjection of(Moments moments, PrincipalAxes axes, int count, LinearAlgebra algebra) {
        var scaled = new double[count][];
        for (var i = 0; i < count; i++) {
            var deviation = Math.sqrt(axes.eigenvalues()[i]);
            scaled[i] = Arrays.stream(axes.axes()[i])
                    .map(value -> value / deviation)
                    .toArray();
        }
        // Means as they will be stored, so that a restored projection gives the same bytes.
        var stored = new Moments(doubles(floats(moments.mean())));
        var eigenvalues = floats(Arrays.copyOf(axes.eigenvalues(), count));
        return new PcaProjection(stored, eigenvalues, Basis.asColumns(scaled), algebra);
    }

    static PcaProjection of(NamedTensors state, LinearAlgebra algebra) {
        var moments = new Moments(doubles(state.get("mean").floats()));
        var whitening = state.get("whitening");
        return new PcaProjection(
                moments,
                state.get("eigenvalues").floats(),
                FeatureMatrix.of(whitening.floats(), whitening.shape().get(1)),
                algebra);
    }

    @Override
    public int columns() {
        return whitening.columns();
    }

    @Override
    public FeatureMatrix project(FeatureMatrix rows) {
        if (rows.columns() != whitening.rows()) {
            throw new IllegalArgumentException(
                    "rows must have " + whitening.rows() + " columns, had " + rows.columns());
        }
        try (var centred = algebra.upload(moments.centred(rows));
                var product = algebra.multiply(centred, false, onDevice, false)) {
            return withUnitRows(algebra.read(product));
        }
    }

    @Override
    public NamedTensors state() {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("mean", Tensor.of(floats(moments.mean()), whitening.rows()));
        tensors.put("eigenvalues", Tensor.of(eigenvalues, eigenvalues.length));
        tensors.put("whitening", Tensor.of(whitening.toArray(), whitening.rows(), whitening.columns()));
        return new NamedTensors(tensors);
    }

    @Override
    public void close() {
        onDevice.close();
    }

    private static FeatureMatrix withUnitRows(FeatureMatrix rows) {
        var row = new float[rows.columns()];
        for (var i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            var squares = 0.0;
            for (var value : row) {
                squares += (double) value * value;
            }
            if (squares > 0) {
                var norm = Math.sqrt(squares);
                for (var j = 0; j < row.length; j++) {
                    row[j] = (float) (row[j] / norm);
                }
                rows.write(i, 1, row);
            }
        }
        return rows;
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (var i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        for (var i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
