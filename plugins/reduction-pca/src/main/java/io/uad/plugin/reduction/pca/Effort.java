package io.uad.plugin.reduction.pca;

import io.uad.api.reduction.ReductionForecast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a fit takes, counted from its steps. */
final class Effort {
    /** How many operations of a matrix product one of the eigen-solver takes as long as: it runs on one core, from memory. */
    private static final double SLOWER_EIGEN = 40;

    /** The same for sums of double vectors, which all cores add. */
    private static final double SLOWER_BASIS = 6;

    private Effort() {}

    /**
     * @param rows n
     * @param columns D
     * @param count of components
     */
    static ReductionForecast forecast(int rows, int columns, int count) {
        var smaller = Math.min(rows, columns);
        var exact = smaller <= PrincipalAxes.EXACT_UP_TO;
        var sizes = KrylovSizes.of(count, columns);
        var width = exact ? count : sizes.kept();
        // Ritz: basis and axes of length D, products of length n; before that, the matrix that is decomposed.
        var decomposed = exact ? (long) smaller * smaller * (Double.BYTES + Float.BYTES) : 0L;
        var vectors = (long) width * Double.BYTES * (2L * columns + rows);
        return new ReductionForecast(
                count,
                state(columns, count),
                exact ? exact(rows, columns, count) : randomised(rows, columns, count, sizes),
                Math.max(decomposed, vectors),
                Float.BYTES * ((long) rows * columns + (long) width * (rows + columns)));
    }

    private static Map<String, List<Integer>> state(int columns, int count) {
        var state = new LinkedHashMap<String, List<Integer>>();
        state.put("mean", List.of(columns));
        state.put("eigenvalues", List.of(count));
        state.put("whitening", List.of(columns, count));
        return state;
    }

    /** A Gram matrix, its decomposition to tridiagonal form and back, and one Ritz step. */
    private static double exact(double rows, double columns, double count) {
        var smaller = Math.min(rows, columns);
        var decomposition = 4 / 3.0 * smaller * smaller * smaller + 2 * smaller * smaller * count;
        return 2 * rows * columns * smaller + SLOWER_EIGEN * decomposition + ritz(rows, columns, count);
    }

    /**
     * A space that is looked at twice, the second time by products: S times each of its columns, and each made orthogonal to
     * those before, twice.
     */
    private static double randomised(double rows, double columns, double count, KrylovSizes sizes) {
        var first = sizes.first();
        var width = (double) sizes.after(first);
        var looks = SLOWER_EIGEN * 4 / 3 * (first * (double) first * first + width * width * width);
        var products = 4 * rows * columns * width;
        var orthogonal = 4 * columns * width * width;
        var blocks = SLOWER_BASIS * 8 * columns * width * sizes.block();
        var residuals = 2 * rows * columns * count;
        return products + orthogonal + blocks + looks + ritz(rows, columns, count) + residuals;
    }

    /** C times the basis, which is made orthonormal before and combined afterwards; the Gram matrix of the products. */
    private static double ritz(double rows, double columns, double width) {
        return 2 * rows * columns * width + SLOWER_BASIS * width * width * (6 * columns + rows);
    }
}
