package io.uad.benchmarks;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;

/** The library's sgemm: the product of two square matrices, the most that dense arithmetic can reach. */
final class SquareProduct implements AutoCloseable {
    private final LinearAlgebra algebra;
    private final MatrixHandle left;
    private final MatrixHandle right;

    /** @param side rows and columns of each matrix */
    SquareProduct(LinearAlgebra algebra, int side, Seed seed) {
        this.algebra = algebra;
        this.left = algebra.upload(random(side, side, seed.derive("left")));
        this.right = algebra.upload(random(side, side, seed.derive("right")));
    }

    Workload workload() {
        var side = (double) left.rows();
        return new Workload("sgemm " + left.rows(), 2 * side * side * side, 0, this::multiply);
    }

    /** A matrix of numbers in [0, 1). */
    static FeatureMatrix random(int rows, int columns, Seed seed) {
        var values = new float[Math.multiplyExact(rows, columns)];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.uniform(i);
        }
        return FeatureMatrix.of(values, columns);
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }

    private void multiply() {
        try (var product = algebra.multiply(left, false, right, false)) {
            if (product.rows() != left.rows()) {
                throw new IllegalStateException("a product of " + product.rows() + " rows");
            }
        }
    }
}
