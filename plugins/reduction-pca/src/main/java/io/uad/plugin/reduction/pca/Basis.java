package io.uad.plugin.reduction.pca;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import io.uad.api.FeatureMatrix;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/** Vectors of length D as rows of doubles, and what is done to them. */
final class Basis {
    private Basis() {}

    /** {@code sum_k weights[i][k] * vectors[k]} for each i. */
    static double[][] combine(double[][] weights, double[][] vectors) {
        var length = vectors[0].length;
        var result = new double[weights.length][];
        IntStream.range(0, weights.length).parallel().forEach(i -> {
            var sum = new double[length];
            for (var k = 0; k < vectors.length; k++) {
                var weight = weights[i][k];
                for (var j = 0; j < length; j++) {
                    sum[j] += weight * vectors[k][j];
                }
            }
            result[i] = sum;
        });
        return result;
    }

    /** All inner products, {@code [count * count]}. */
    static double[] gram(double[][] vectors) {
        var count = vectors.length;
        var gram = new double[count * count];
        IntStream.range(0, count).parallel().forEach(i -> {
            for (var k = 0; k <= i; k++) {
                var sum = 0.0;
                for (var j = 0; j < vectors[i].length; j++) {
                    sum += vectors[i][j] * vectors[k][j];
                }
                gram[i * count + k] = sum;
                gram[k * count + i] = sum;
            }
        });
        return gram;
    }

    /**
     * An orthonormal basis of the same space, by Cholesky's decomposition of the Gram matrix, twice because rounding is
     * squared. Vectors are scaled to length 1 first.
     */
    static double[][] orthonormal(double[][] vectors) {
        return orthonormalOnce(orthonormalOnce(vectors));
    }

    private static double[][] orthonormalOnce(double[][] vectors) {
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
        var factor = gram(scaled);
        for (var i = 0; i < count; i++) {
            factor[i * count + i] += 1e-12; // keeps dependent vectors apart instead of failing
        }
        var info = new intW(0);
        var lapack = JavaLAPACK.getInstance();
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
        var row = new float[vectors.length];
        for (var j = 0; j < length; j++) {
            for (var i = 0; i < vectors.length; i++) {
                row[i] = (float) vectors[i][j];
            }
            matrix.write(j, 1, row);
        }
        return matrix;
    }

    /** The columns of a float matrix as vectors. */
    static double[][] columnsOf(FeatureMatrix matrix) {
        var vectors = new double[matrix.columns()][matrix.rows()];
        var row = new float[matrix.columns()];
        for (var j = 0; j < matrix.rows(); j++) {
            matrix.read(j, 1, row);
            for (var i = 0; i < row.length; i++) {
                vectors[i][j] = row[i];
            }
        }
        return vectors;
    }

    private static void require(intW info) {
        if (info.val != 0) {
            throw new IllegalStateException("Cholesky's decomposition failed with code " + info.val);
        }
    }
}
