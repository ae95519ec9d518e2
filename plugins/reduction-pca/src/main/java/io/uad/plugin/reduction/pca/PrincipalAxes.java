package io.uad.plugin.reduction.pca;

import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import java.util.Locale;

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

    /** Largest {@code |S v - lambda v| / lambda} over the axes at which the search ends. */
    static final double TOLERANCE = 1e-4;

    private static final int MOST_RESTARTS = 4;

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
        return Ritz.of(centred, vectors, count, algebra).first(count);
    }

    /**
     * By a Krylov space that grows until its best axes satisfy S, and starts again from those when it is as large as an
     * eigen-solver likes (thick restart: Wu, Simon, SIAM J. Matrix Anal. Appl. 22, 2000).
     */
    static PrincipalAxes randomised(MatrixHandle centred, int count, StageContext context) {
        var algebra = context.algebra();
        var sizes = KrylovSizes.of(count, centred.columns());
        try (var space = new KrylovSpace(centred, sizes, context)) {
            var restarts = 0;
            var blocks = 0;
            for (var target = sizes.first(); ; target = sizes.after(target)) {
                while (space.columns() < target) {
                    space.expand();
                    var left = (sizes.most() - space.columns()) / sizes.block()
                            + (MOST_RESTARTS - restarts) * (sizes.most() - sizes.kept()) / sizes.block();
                    context.progress().update(++blocks, blocks + left);
                }
                var best = space.best();
                var full = space.columns() == sizes.most();
                if (!full && space.estimatedResidual(best, count) > TOLERANCE) {
                    continue; // products with C would only confirm that
                }
                var width = full ? best.values().length : count; // a restart takes some more along
                var ritz = Ritz.of(centred, space.vectors(best, width), width, algebra);
                var residual = ritz.residual(centred, count, algebra);
                if (!Double.isFinite(residual)) { // or NaN would pass for converged
                    throw KrylovSpace.notFinite();
                }
                if (residual <= TOLERANCE) {
                    return ritz.first(count);
                }
                if (full) {
                    if (restarts == MOST_RESTARTS || space.columns() == centred.columns()) {
                        context.notice()
                                .accept("PCA stopped after " + blocks + " blocks at a relative residual of "
                                        + String.format(Locale.ROOT, "%.1e", residual) + " instead of " + TOLERANCE);
                        return ritz.first(count);
                    }
                    space.restart(ritz);
                    target = sizes.kept();
                    restarts++;
                }
            }
        }
    }
}
