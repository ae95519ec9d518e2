package io.uad.plugin.clustering.smile;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/**
 * The normalised similarities {@code D^(-1/2) W D^(-1/2)}, {@code w_ij = exp(-d_ij^2 / (2 sigma^2))}, D the row sums of
 * W. Other than in the paper, {@code w_ii} is 1: so a row that is far from all others has a sum too.
 *
 * @param size N
 * @param values {@code [N * N]}, symmetric; used up by {@link #embedding}
 */
record Affinity(int size, double[] values) {
    private static final double ZERO = 1e-10; // the largest eigenvalue is 1

    /** Of squared distances {@code [N * N]}, which are overwritten. */
    static Affinity of(int size, double[] squaredDistances, double sigma) {
        var degrees = new double[size];
        IntStream.range(0, size).parallel().forEach(i -> {
            for (var at = i * size; at < (i + 1) * size; at++) {
                squaredDistances[at] = Math.exp(-squaredDistances[at] / (2 * sigma * sigma));
                degrees[i] += squaredDistances[at];
            }
        });
        IntStream.range(0, size).parallel().forEach(i -> {
            for (var j = 0; j < size; j++) {
                squaredDistances[i * size + j] /= Math.sqrt(degrees[i] * degrees[j]);
            }
        });
        return new Affinity(size, squaredDistances);
    }

    /** The median distance, other than 0; at least one must be. */
    static double automaticSigma(double[] squaredDistances) {
        var sorted = Arrays.stream(squaredDistances)
                .filter(squared -> squared > 0)
                .sorted()
                .toArray();
        return Math.sqrt(sorted[sorted.length / 2]);
    }

    /**
     * Per row its entries in the {@code count} eigenvectors of the largest eigenvalues, divided by their length.
     * Vectors of the eigenvalue 0 are left out: they are any, and would part duplicates.
     */
    double[][] embedding(int count) {
        var eigenvalues = new double[size];
        var vectors = new double[size * count]; // column by column, ascending
        var found = new intW(0);
        var info = new intW(0);
        var work = new double[26 * size];
        var integers = new int[10 * size];
        JavaLAPACK.getInstance()
                .dsyevr(
                        "V",
                        "I",
                        "U",
                        size,
                        values,
                        size,
                        0,
                        0,
                        size - count + 1,
                        size,
                        0,
                        found,
                        eigenvalues,
                        vectors,
                        size,
                        new int[2 * size],
                        work,
                        work.length,
                        integers,
                        integers.length,
                        info);
        if (info.val != 0 || found.val != count) {
            throw new IllegalStateException("the eigen-solver failed with code " + info.val);
        }
        var used = IntStream.range(0, count).filter(j -> eigenvalues[j] > ZERO).toArray();
        var rows = new double[size][used.length];
        for (var i = 0; i < size; i++) {
            var squares = 0.0;
            for (var j = 0; j < used.length; j++) {
                rows[i][j] = vectors[used[j] * size + i];
                squares += rows[i][j] * rows[i][j];
            }
            for (var j = 0; j < used.length && squares > 0; j++) {
                rows[i][j] /= Math.sqrt(squares);
            }
        }
        return rows;
    }
}
