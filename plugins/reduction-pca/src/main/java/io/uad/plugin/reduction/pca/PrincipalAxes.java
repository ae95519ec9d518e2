package io.uad.plugin.reduction.pca;

import io.uad.api.Seed;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import java.util.Arrays;

/**
 * The first principal axes of centred rows C: eigenvectors of the scatter matrix {@code S = C^T C}, which is not divided by
 * the number of rows.
 *
 * @param eigenvalues of S, largest first
 * @param axes {@code [count][D]}, orthonormal, the entry of largest magnitude positive
 */
record PrincipalAxes(double[] eigenvalues, double[][] axes) {
    /** Up to this size the smaller of {@code C^T C} and {@code C C^T} is decomposed as it is. */
    static final int EXACT_UP_TO = 2048;

    private static final int MOST_ITERATIONS = 60;
    /** Largest {@code |S v - lambda v| / lambda} over the axes at which the iteration ends. */
    private static final double TOLERANCE = 1e-4;

    static PrincipalAxes of(MatrixHandle centred, int count, StageContext context) {
        var smaller = Math.min(centred.rows(), centred.columns());
        return smaller <= EXACT_UP_TO ? exact(centred, count, context.algebra()) : randomised(centred, count, context);
    }

    /** By the smaller Gram matrix. */
    static PrincipalAxes exact(MatrixHandle centred, int count, LinearAlgebra algebra) {
        var wide = centred.columns() > centred.rows();
        double[] gram;
        int size;
        try (var product = algebra.multiply(centred, !wide, centred, wide)) {
            var floats = algebra.read(product);
            size = floats.rows();
            gram = new double[size * size];
            for (var i = 0; i < size; i++) {
                var row = floats.row(i);
                for (var j = 0; j < size; j++) {
                    gram[i * size + j] = row[j];
                }
            }
        }
        var eigen = SymmetricEigen.largest(gram, size, count);
        var vectors = eigen.vectors();
        if (wide) {
            try (var left = algebra.upload(Basis.asColumns(vectors));
                    var product = algebra.multiply(centred, true, left, false)) {
                vectors = Basis.columnsOf(algebra.read(product));
            }
        }
        return refined(centred, vectors, count, algebra);
    }

    /** By subspace iteration with Ritz rotation from a Gaussian start. */
    static PrincipalAxes randomised(MatrixHandle centred, int count, StageContext context) {
        var algebra = context.algebra();
        var width = Math.min(Math.min(centred.rows(), centred.columns()), count + Math.max(32, count / 2));
        var vectors = Basis.orthonormal(gaussian(width, centred.columns(), context.seed()));
        var residual = Double.POSITIVE_INFINITY;
        for (var iteration = 0; iteration < MOST_ITERATIONS && residual > TOLERANCE; iteration++) {
            var ritz = refined(centred, vectors, width, algebra);
            try (var axes = algebra.upload(Basis.asColumns(ritz.axes));
                    var scores = algebra.multiply(centred, false, axes, false);
                    var product = algebra.multiply(centred, true, scores, false)) {
                vectors = Basis.columnsOf(algebra.read(product)); // S v for each Ritz vector v
            }
            residual = residual(ritz, vectors, count);
            context.progress().update(iteration + 1, MOST_ITERATIONS);
        }
        if (residual > TOLERANCE) {
            context.notice()
                    .accept("PCA stopped after " + MOST_ITERATIONS + " iterations at a relative residual of "
                            + "%.1e".formatted(residual) + " instead of " + TOLERANCE);
        }
        return refined(centred, vectors, count, algebra);
    }

    /**
     * Rayleigh and Ritz: the best axes within the span of some vectors. Products with C are the engine's float32; all else
     * is double, so that small components keep their digits.
     */
    private static PrincipalAxes refined(MatrixHandle centred, double[][] vectors, int count, LinearAlgebra algebra) {
        var basis = Basis.orthonormal(vectors);
        double[][] scores;
        try (var columns = algebra.upload(Basis.asColumns(basis));
                var product = algebra.multiply(centred, false, columns, false)) {
            scores = Basis.columnsOf(algebra.read(product));
        }
        var eigen = SymmetricEigen.largest(Basis.gram(scores), basis.length, count);
        return new PrincipalAxes(eigen.values(), withFixedSigns(Basis.combine(eigen.vectors(), basis)));
    }

    private static double residual(PrincipalAxes ritz, double[][] products, int count) {
        var largest = 0.0;
        for (var i = 0; i < count; i++) {
            var lambda = ritz.eigenvalues[i];
            if (lambda <= ritz.eigenvalues[0] * Pca.NEGLIGIBLE) {
                continue; // no direction at all: nothing to converge to
            }
            var squares = 0.0;
            for (var j = 0; j < products[i].length; j++) {
                var difference = products[i][j] - lambda * ritz.axes[i][j];
                squares += difference * difference;
            }
            largest = Math.max(largest, Math.sqrt(squares) / lambda);
        }
        return largest;
    }

    private static double[][] gaussian(int count, int length, Seed seed) {
        var vectors = new double[count][length];
        Arrays.setAll(vectors, i -> {
            var own = seed.derive("test-matrix").derive(i);
            var values = new double[length];
            Arrays.setAll(values, own::gaussian);
            return values;
        });
        return vectors;
    }

    private static double[][] withFixedSigns(double[][] axes) {
        for (var axis : axes) {
            var peak = 0;
            for (var j = 1; j < axis.length; j++) {
                if (Math.abs(axis[j]) > Math.abs(axis[peak])) {
                    peak = j;
                }
            }
            if (axis[peak] < 0) {
                for (var j = 0; j < axis.length; j++) {
                    axis[j] = -axis[j];
                }
            }
        }
        return axes;
    }
}
