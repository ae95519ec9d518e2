package io.uad.plugin.clustering.smile;

import io.uad.api.Progress;
import io.uad.api.Seed;

/** The two directions in which rows vary most. */
final class PrincipalPlane {
    private static final int AXES = 2;
    private static final int ITERATIONS = 30; // by which an axis is clear of another of 3/4 of its deviation

    private PrincipalPlane() {}

    /**
     * The coordinates of the rows in it, by orthogonal iteration. Where several directions vary alike any of them is
     * taken.
     *
     * @return {@code [N * 2]}, row by row, of mean 0; the second coordinates of a single column are 0
     */
    static double[] of(ScaledRows scaled, Seed seed, Progress progress) {
        var columns = scaled.rows()[0].length;
        var axes = new double[AXES][columns];
        for (var axis = 0; axis < AXES; axis++) {
            for (var j = 0; j < columns; j++) {
                axes[axis][j] = seed.derive(axis).gaussian(j);
            }
        }
        orthonormalise(axes);
        for (var i = 0; i < ITERATIONS; i++) {
            progress.update(i, ITERATIONS);
            var next = new double[AXES][columns];
            for (var row : scaled.rows()) {
                for (var axis = 0; axis < AXES; axis++) {
                    add(dot(row, axes[axis]), row, next[axis]);
                }
            }
            orthonormalise(next);
            axes = next;
        }
        var plane = new double[AXES * scaled.rows().length];
        for (var at = 0; at < plane.length; at++) {
            plane[at] = dot(scaled.rows()[at / AXES], axes[at % AXES]);
        }
        return plane;
    }

    /** Gram and Schmidt; what is nothing but rounding becomes 0. */
    private static void orthonormalise(double[][] axes) {
        for (var axis = 0; axis < AXES; axis++) {
            var before = Math.sqrt(dot(axes[axis], axes[axis]));
            for (var other = 0; other < axis; other++) {
                add(-dot(axes[axis], axes[other]), axes[other], axes[axis]);
            }
            var length = Math.sqrt(dot(axes[axis], axes[axis]));
            var factor = length > 1e-9 * before ? 1 / length : 0;
            for (var j = 0; j < axes[axis].length; j++) {
                axes[axis][j] *= factor;
            }
        }
    }

    private static double dot(double[] one, double[] other) {
        var sum = 0.0;
        for (var j = 0; j < one.length; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }

    private static void add(double factor, double[] row, double[] sum) {
        for (var j = 0; j < row.length; j++) {
            sum[j] += factor * row[j];
        }
    }
}
