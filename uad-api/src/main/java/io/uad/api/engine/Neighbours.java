package io.uad.api.engine;

/**
 * Nearest rows.
 *
 * <p>The arrays are shared, not copied, and belong to whoever asked.
 *
 * @param count how many per point, at least 1
 * @param indices {@code [N * count]}, point by point, the nearest first
 * @param squaredDistances {@code [N * count]}, 0 or more
 * @since 0.1
 */
public record Neighbours(int count, int[] indices, float[] squaredDistances) {}
