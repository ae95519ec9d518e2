package io.uad.plugin.reduction.pca;

import io.uad.api.Seed;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

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
        return Ritz.of(centred, vectors, count, algebra).axes;
    }

    /** By subspace iteration with Ritz rotation from a Gaussian start. */
    static PrincipalAxes randomised(MatrixHandle centred, int count, StageContext context) {
        var algebra = context.algebra();
        var width = Math.min(Math.min(centred.rows(), centred.columns()), count + Math.max(32, count / 2));
        var vectors = Basis.orthonormal(gaussian(width, centred.columns(), context.seed()));
        var residual = Double.POSITIVE_INFINITY;
        for (var iteration = 0; iteration < MOST_ITERATIONS && residual > TOLERANCE; iteration++) {
            var ritz = Ritz.of(centred, vectors, width, algebra);
            try (var scores = algebra.upload(Basis.asColumns(ritz.scores()));
                    var product = algebra.multiply(centred, true, scores, false)) {
                vectors = Basis.columnsOf(algebra.read(product)); // S v for each Ritz vector v
            }
            residual = residual(ritz.axes, vectors, count);
            if (!Double.isFinite(residual)) { // or NaN would pass for converged
                throw new IllegalStateException("the engine's products of finite features are not finite");
            }
            context.progress().update(iteration + 1, MOST_ITERATIONS);
        }
        if (residual > TOLERANCE) {
            context.notice()
                    .accept("PCA stopped after " + MOST_ITERATIONS + " iterations at a relative residual of "
                            + String.format(Locale.ROOT, "%.1e", residual) + " instead of " + TOLERANCE);
        }
        return Ritz.of(centred, vectors, count, algebra).axes;
    }

    /**
     * Rayleigh and Ritz: the best axes within the span of some vectors.
     *
     * @param weights {@code [count][width]}: each axis as a sum of the span's orthonormal basis
     * @param products {@code [width][N]}: C times each vector of that basis
     */
    private record Ritz(PrincipalAxes axes, double[][] weights, double[][] products) {
        /** Products with C are the engine's float32; all else is double, so that small components keep their digits. */
        static Ritz of(MatrixHandle centred, double[][] vectors, int count, LinearAlgebra algebra) {
            var basis = Basis.orthonormal(vectors);
            double[][] products;
            try (var columns = algebra.upload(Basis.asColumns(basis));
                    var product = algebra.multiply(centred, false, columns, false)) {
                products = Basis.columnsOf(algebra.read(product));
            }
            var eigen = SymmetricEigen.largest(Basis.gram(products), basis.length, count);
            var axes = Basis.combine(eigen.vectors(), basis);
            fixSigns(axes, eigen.vectors());
            return new Ritz(new PrincipalAxes(eigen.values(), axes), eigen.vectors(), products);
        }

        /** C times each axis, {@code [count][N]}, without another pass over C. */
        double[][] scores() {
            return Basis.combine(weights, products);
        }
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

    /** Turns axes whose entry of largest magnitude is negative, and the weights that they were combined with. */
    private static void fixSigns(double[][] axes, double[][] weights) {
        for (var i = 0; i < axes.length; i++) {
            var peak = 0.0;
            for (var value : axes[i]) {
                peak = Math.abs(value) > Math.abs(peak) ? value : peak;
            }
            if (peak < 0) {
                Arrays.setAll(axes[i], negated(axes[i]));
                Arrays.setAll(weights[i], negated(weights[i]));
            }
        }
    }

    private static IntToDoubleFunction negated(double[] values) {
        return j -> -values[j];
    }
}
