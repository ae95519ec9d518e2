package io.uad.plugin.reduction.pca;

import org.netlib.util.intW;

/**
 * The largest eigenvalues of a symmetric matrix and their vectors, by LAPACK.
 *
 * @param values largest first
 * @param vectors {@code [values.length][n]}, orthonormal
 */
record SymmetricEigen(double[] values, double[][] vectors) {
    /** @param matrix {@code [n * n]}, symmetric; destroyed */
    static SymmetricEigen largest(double[] matrix, int n, int count) {
        var lapack = Lapack.get();
        var found = new intW(0);
        var info = new intW(0);
        var values = new double[n];
        var vectors = new double[n * count];
        var work = new double[26 * n];
        var integers = new int[10 * n];
        lapack.dsyevr(
                "V",
                "I",
                "U",
                n,
                matrix,
                n,
                0,
                0,
                n - count + 1,
                n,
                0,
                found,
                values,
                vectors,
                n,
                new int[2 * n],
                work,
                work.length,
                integers,
                integers.length,
                info);
        if (info.val != 0 || found.val != count) {
            throw new IllegalStateException("the eigen-solver failed with code " + info.val);
        }
        var sorted = new double[count];
        var rows = new double[count][n];
        for (var i = 0; i < count; i++) { // LAPACK's order is ascending
            sorted[i] = values[count - 1 - i];
            System.arraycopy(vectors, (count - 1 - i) * n, rows[i], 0, n);
        }
        return new SymmetricEigen(sorted, rows);
    }
}
