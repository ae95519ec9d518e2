package io.uad.plugin.reduction.pca;

import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Rayleigh and Ritz: the best axes of {@code S = C^T C} within the span of some vectors.
 *
 * @param values of S on the axes, largest first
 * @param axes {@code [count][D]}, orthonormal, the entry of largest magnitude positive
 * @param weights {@code [count][width]}: each axis as a sum of the span's orthonormal basis
 * @param products {@code [width][N]}: C times each vector of that basis
 */
record Ritz(double[] values, double[][] axes, double[][] weights, double[][] products) {
    private static final double FLOAT_DIGIT = 0x1p-23;

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
        return new Ritz(eigen.values(), axes, eigen.vectors(), products);
    }

    /** The first axes. */
    PrincipalAxes first(int count) {
        return new PrincipalAxes(Arrays.copyOf(values, count), Arrays.copyOf(axes, count));
    }

    /**
     * The largest {@code |S v - lambda v| / lambda} of the first axes, or NaN if the engine's products are. What float32
     * cannot resolve is taken off: C v is rounded in proportion to the rows of C, and C^T takes that to the first axis, so
     * {@code |S v|} is known to about {@code 2^-23 lambda_1} whatever the axis.
     */
    double residual(MatrixHandle centred, int count, LinearAlgebra algebra) {
        var scores = Basis.combine(Arrays.copyOf(weights, count), products); // C v, without another pass over C
        double[][] images;
        try (var columns = algebra.upload(Basis.asColumns(scores));
                var product = algebra.multiply(centred, true, columns, false)) {
            images = Basis.columnsOf(algebra.read(product));
        }
        var each = new double[count];
        IntStream.range(0, count).parallel().forEach(i -> each[i] = residual(i, images[i]));
        return Arrays.stream(each).reduce(0, Math::max); // of NaN and another is NaN
    }

    private double residual(int i, double[] image) {
        var lambda = values[i];
        if (lambda <= values[0] * Pca.NEGLIGIBLE) {
            return 0; // no direction at all: nothing to converge to
        }
        var squares = 0.0;
        for (var j = 0; j < image.length; j++) {
            var difference = image[j] - lambda * axes[i][j];
            squares += difference * difference;
        }
        var rounding = FLOAT_DIGIT * values[0];
        var norm = Math.sqrt(squares);
        return norm <= rounding ? 0 : (norm - rounding) / lambda;
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
