package io.uad.api.engine;

/**
 * Nearest rows.
 *
 * @param count how many per point
 * @param indices {@code [N * count]}, the nearest first
 * @param squaredDistances {@code [N * count]}, 0 or more
 */
public record Neighbours(int count, int[] indices, float[] squaredDistances) {}
