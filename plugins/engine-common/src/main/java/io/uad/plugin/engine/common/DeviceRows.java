package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;

/**
 * What {@link DeviceSearch} needs of a library, which computes where Java cannot look.
 *
 * @param <M> a matrix of the library, {@code [rows, columns]}, float32
 */
public interface DeviceRows<M extends MatrixHandle> extends SeenRows<M> {
    /** The mean of all rows, {@code [columns]}. */
    float[] mean(M matrix);

    /**
     * For each of some points the others {@code c} with the smallest {@code |c|^2 - 2 x c}.
     *
     * @param count how many for each
     */
    Smallest smallest(Some<M> points, Some<M> others, int count);

    /**
     * The square of the distance of each of some points to one of the others, as a sum of squared differences.
     *
     * @param at for each point its other
     */
    float[] squaredDistances(Some<M> points, M others, long[] at);

    /**
     * Scores and rows, point by point, {@code [points, count]}.
     *
     * @param rows counted from the first of the others
     */
    record Smallest(float[] scores, long[] rows) {}
}
