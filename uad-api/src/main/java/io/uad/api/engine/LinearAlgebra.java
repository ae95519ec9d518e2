package io.uad.api.engine;

import io.uad.api.FeatureMatrix;

/**
 * Dense float32 products at the speed of the engine's library, on its device.
 *
 * <p>Matrices stay where they are computed, behind {@link MatrixHandle}s that the caller closes. They are row by row, and
 * a handle of another engine is an {@link IllegalArgumentException}. Like the engine, used by one thread at a time. Values
 * that are not finite are not looked for.
 *
 * @since 0.1
 */
public interface LinearAlgebra {
    /**
     * Copies a matrix to the device, block by block.
     *
     * @param matrix any size that the device holds; not kept
     * @return a new handle, the caller's to close
     */
    MatrixHandle upload(FeatureMatrix matrix);

    /**
     * Copies a matrix from the device.
     *
     * @return a new matrix, the caller's
     */
    FeatureMatrix read(MatrixHandle matrix);

    /**
     * {@code op(left) op(right)}, where {@code op} transposes if asked. Both stay open; they may be the same.
     *
     * @return a new handle, the caller's to close
     * @throws IllegalArgumentException if the inner sides differ
     */
    MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight);

    /**
     * The {@code count} nearest centroids of each point by squared Euclidean distance, nearest first. Distances that float32
     * can tell apart decide; those it cannot go to the smaller index as far as an engine sees them: the same engine gives
     * the same answer again.
     *
     * @param points {@code [N, D]}
     * @param centroids {@code [K, D]}
     * @param count 1 to K
     * @throws IllegalArgumentException if {@code count} lies outside that, or the two disagree on D
     */
    Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count);

    /**
     * The {@code count} nearest other points of each point, itself left out by identity (a duplicate is a neighbour).
     *
     * @param points {@code [N, D]}
     * @param count 1 to N - 1
     * @throws IllegalArgumentException if {@code count} lies outside that
     */
    Neighbours neighbours(MatrixHandle points, int count);
}
