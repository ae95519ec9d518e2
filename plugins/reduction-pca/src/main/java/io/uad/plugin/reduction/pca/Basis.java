package io.uad.plugin.reduction.pca;

import io.uad.api.FeatureMatrix;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/** Vectors of length D as rows of doubles, and what is done to them. */
final class Basis {
    private static final int TILE = 1024; // entries that the nearest cache holds of a few vectors

    private Basis() {}

    /** {@code sum_k weights[i][k] * vectors[k]} for each i. */
    static double[][] combine(double[][] weights, double[][] vectors) {
        var length = vectors[0].length;
        var result = new double[weights.length][length];
        IntStream.range(0, weights.length).parallel().forEach(i -> {
            for (var from = 0; from < length; from += TILE) {
                addTile(result[i], weights[i], vectors, from, Math.min(length, from + TILE));
            }
        });
        return result;
    }

    /** Four vectors at a time, which is what compilers make vector instructions of. */
    private static void addTile(double[] sum, double[] weights, double[][] vectors, int from, int to) {
        var k = 0;
        for (; k + 4 <= vectors.length; k += 4) {
            addFour(sum, weights, vectors, k, from, to);
        }
        for (; k < vectors.length; k++) {
            var weight = weights[k];
            var vector = vectors[k];
            for (var j = from; j < to; j++) {
                sum[j] += weight * vector[j];
            }
        }
    }

    private static void addFour(double[] sum, double[] weights, double[][] vectors, int k, int from, int to) {
        double w0 = weights[k];
        double w1 = weights[k + 1];
        double w2 = weights[k + 2];
        double w3 = weights[k + 3];
        if (w0 == 0 && w1 == 0 && w2 == 0 && w3 == 0) {
            return; // half of a triangular matrix
        }
        var v0 = vectors[k];
        var v1 = vectors[k + 1];
        var v2 = vectors[k + 2];
        var v3 = vectors[k + 3];
        for (var j = from; j < to; j++) {
            sum[j] += w0 * v0[j] + w1 * v1[j] + w2 * v2[j] + w3 * v3[j];
        }
    }

    /** {@code vectors[i] . vectors[k]}, row by row; each sum is taken in the order of the vectors' entries. */
    static double[] gram(double[][] vectors) {
        var count = vectors.length;
        var length = vectors[0].length;
        var across = new double[length][count];
        IntStream.range(0, (length + TILE - 1) / TILE).parallel().forEach(tile -> {
            for (var i = 0; i < count; i++) {
                for (var j = tile * TILE; j < Math.min(length, (tile + 1) * TILE); j++) {
                    across[j][i] = vectors[i][j];
                }
            }
        });
        var rows = new double[count][count];
        IntStream.range(0, (count + 7) / 8).parallel().forEach(strip -> {
            var last = Math.min(count, strip * 8 + 8);
            for (var from = 0;
                    from < length;
                    from += 4) { // four entries of each vector stay in the cache for eight rows
                for (var i = strip * 8; i < last; i++) {
                    addProducts(rows[i], vectors[i], across, from, Math.min(length, from + 4), last);
                }
            }
        });
        var gram = new double[count * count];
        for (var i = 0; i < count; i++) {
            for (var k = 0; k <= i; k++) {
                gram[i * count + k] = rows[i][k];
                gram[k * count + i] = rows[i][k];
            }
        }
        return gram;
    }

    private static void addProducts(double[] sum, double[] weights, double[][] across, int from, int to, int columns) {
        if (to - from == 4) {
            addFour(sum, weights, across, from, 0, columns);
            return;
        }
        for (var j = from; j < to; j++) {
            for (var k = 0; k < columns; k++) {
                sum[k] += weights[j] * across[j][k];
            }
        }
    }

    /**
     * An orthonormal basis of the directions in which the vectors reach a norm, the strongest first: fewer than there are
     * vectors if some depend on others.
     */
    static double[][] independent(double[][] vectors, double norm) {
        return independent(vectors, gram(vectors), norm);
    }

    /** The same with the vectors' Gram matrix, which is destroyed. */
    static double[][] independent(double[][] vectors, double[] gram, double norm) {
        var eigen = SymmetricEigen.largest(gram, vectors.length, vectors.length);
        var kept = 0;
        while (kept < vectors.length && eigen.values()[kept] > Math.max(norm * norm, eigen.values()[0] * 1e-13)) {
            kept++;
        }
        if (kept == 0) {
            return new double[0][];
        }
        var weights = Arrays.copyOf(eigen.vectors(), kept);
        for (var i = 0; i < kept; i++) {
            var length = Math.sqrt(eigen.values()[i]);
            Arrays.setAll(weights[i], scaled(weights[i], 1 / length));
        }
        return combine(weights, vectors);
    }

    private static IntToDoubleFunction scaled(double[] values, double factor) {
        return j -> values[j] * factor;
    }

    /**
     * An orthonormal basis of the same space, by Cholesky's decomposition of the Gram matrix, twice where the vectors are
     * not nearly orthogonal already, because rounding is squared. Vectors are scaled to length 1 first.
     */
    static double[][] orthonormal(double[][] vectors) {
        var scaled = scaled(vectors);
        var gram = gram(scaled);
        var basis = orthonormal(scaled, gram.clone());
        if (isNearlyDiagonal(gram, vectors.length)) {
            return basis;
        }
        var again = scaled(basis);
        return orthonormal(again, gram(again));
    }

    /** Within what one step leaves orthonormal to about 1e-12, which is what is added to the diagonal. */
    private static boolean isNearlyDiagonal(double[] gram, int count) {
        for (var i = 0; i < count; i++) {
            for (var k = 0; k < i; k++) {
                if (!(Math.abs(gram[i * count + k]) <= 1e-3 / count)) { // NaN goes on, too
                    return false;
                }
            }
        }
        return true;
    }

    /** Each vector divided by its length. */
    private static double[][] scaled(double[][] vectors) {
        var count = vectors.length;
        var scaled = new double[count][];
        for (var i = 0; i < count; i++) {
            var norm = 0.0;
            for (var value : vectors[i]) {
                norm += value * value;
            }
            scaled[i] = new double[vectors[i].length];
            for (var j = 0; j < scaled[i].length; j++) {
                scaled[i][j] = vectors[i][j] / Math.max(Math.sqrt(norm), Double.MIN_NORMAL);
            }
        }
        return scaled;
    }

    /** @param factor the Gram matrix; destroyed */
    private static double[][] orthonormal(double[][] scaled, double[] factor) {
        var count = scaled.length;
        for (var i = 0; i < count; i++) {
            factor[i * count + i] += 1e-12; // keeps dependent vectors apart instead of failing
        }
        var info = new intW(0);
        var lapack = Lapack.get();
        lapack.dpotrf("L", count, factor, count, info);
        require(info);
        lapack.dtrtri("L", "N", count, factor, count, info);
        require(info);
        var inverse = new double[count][count]; // LAPACK's matrices lie column by column
        for (var i = 0; i < count; i++) {
            for (var k = 0; k <= i; k++) {
                inverse[i][k] = factor[k * count + i];
            }
        }
        return combine(inverse, scaled);
    }

    /** The vectors as columns of a float matrix {@code [D, count]}. */
    static FeatureMatrix asColumns(double[][] vectors) {
        var length = vectors[0].length;
        var matrix = FeatureMatrix.allocate(length, vectors.length);
        overTiles(length, (first, count) -> {
            var rows = new float[count * vectors.length];
            for (var i = 0; i < vectors.length; i++) {
                for (var j = 0; j < count; j++) {
                    rows[j * vectors.length + i] = (float) vectors[i][first + j];
                }
            }
            matrix.write(first, count, rows);
        });
        return matrix;
    }

    /** The columns of a float matrix as vectors. */
    static double[][] columnsOf(FeatureMatrix matrix) {
        var vectors = new double[matrix.columns()][matrix.rows()];
        add(matrix, vectors);
        return vectors;
    }

    /** Adds the columns of a float matrix to vectors. */
    static void add(FeatureMatrix matrix, double[][] vectors) {
        overTiles(matrix.rows(), (first, count) -> {
            var rows = new float[count * vectors.length];
            matrix.read(first, count, rows);
            for (var i = 0; i < vectors.length; i++) {
                for (var j = 0; j < count; j++) {
                    vectors[i][first + j] += rows[j * vectors.length + i];
                }
            }
        });
    }

    @FunctionalInterface
    private interface Tile {
        void accept(int first, int count);
    }

    private static void overTiles(int length, Tile work) {
        var step = 64;
        IntStream.range(0, (length + step - 1) / step)
                .parallel()
                .forEach(i -> work.accept(i * step, Math.min(step, length - i * step)));
    }

    private static void require(intW info) {
        if (info.val != 0) {
            throw new IllegalStateException("Cholesky's decomposition failed with code " + info.val);
        }
    }
}
