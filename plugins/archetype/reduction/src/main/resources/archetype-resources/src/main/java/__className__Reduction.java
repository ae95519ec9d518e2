package ${package};

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import java.util.List;
import java.util.Map;

/**
 * Multiplies rows by a matrix of Gaussian random numbers, which keeps distances nearly as they are (Johnson and
 * Lindenstrauss, 1984; Dasgupta and Gupta, Random Structures and Algorithms 22, 2003). There is nothing to learn from the
 * sample but its width.
 */
final class ${className}Reduction implements Reduction {
    private static final String MATRIX = "matrix"; // [D, d]

    private final int components;

    ${className}Reduction(${className}Options options) {
        components = options.components();
    }

    @Override
    public int minimumRows() {
        return 1;
    }

    @Override
    public int sampleRows() {
        return 1000; // to find values that are not finite
    }

    @Override
    public Projection fit(FeatureMatrix sample, StageContext context) {
        if (sample.rows() < minimumRows()) {
            throw UadException.config(
                    sample.rows() + " rows to learn from", "reduction", minimumRows() + " or more", "Add images");
        }
        sample.requireFinite("reduction");
        var matrix = new float[Math.multiplyExact(sample.columns(), components)];
        for (var row = 0; row < sample.columns(); row++) {
            context.progress().update(row, sample.columns()); // a run that is to stop ends here
            for (var i = row * components; i < (row + 1) * components; i++) {
                matrix[i] = (float) (context.seed().gaussian(i) / Math.sqrt(components));
            }
        }
        return projection(FeatureMatrix.of(matrix, components), context.algebra());
    }

    @Override
    public Projection restore(NamedTensors state, LinearAlgebra algebra) {
        var matrix = state.get(MATRIX);
        return projection(FeatureMatrix.of(matrix.floats(), matrix.shape().get(1)), algebra);
    }

    private static Projection projection(FeatureMatrix matrix, LinearAlgebra algebra) {
        var onDevice = algebra.upload(matrix);
        return new Projection() {
            @Override
            public int columns() {
                return matrix.columns();
            }

            @Override
            public FeatureMatrix project(FeatureMatrix rows) {
                if (rows.columns() != matrix.rows()) {
                    throw new IllegalArgumentException(
                            "rows must have " + matrix.rows() + " columns, had " + rows.columns());
                }
                // What the engine holds is closed as soon as it is not needed: it may be the memory of a GPU.
                try (var uploaded = algebra.upload(rows);
                        var product = algebra.multiply(uploaded, false, onDevice, false)) {
                    return algebra.read(product);
                }
            }

            @Override
            public NamedTensors state() {
                var shape = List.of(matrix.rows(), matrix.columns());
                return new NamedTensors(Map.of(MATRIX, new Tensor(shape, matrix.toArray())));
            }

            @Override
            public void close() {
                onDevice.close();
            }
        };
    }
}
