package io.uad.api.engine;

import io.uad.api.FeatureMatrix;

/**
 * Dense float32 products at the speed of the engine's library, on its device.
 *
 * <p>Matrices stay where they are computed, behind {@link MatrixHandle}s that the caller closes.
 */
public interface LinearAlgebra {
    /** Copies a matrix to the device. */
    MatrixHandle upload(FeatureMatrix matrix);

    /** Copies a matrix from the device. */
    FeatureMatrix read(MatrixHandle matrix);

    /** {@code op(left) op(right)}, where {@code op} transposes if asked. */
    MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight);

    /**
     * The {@code count} nearest centroids of each point by squared Euclidean distance, nearest first; ties go to the
     * smaller index.
     *
     * @param points {@code [N, D]}
     * @param centroids {@code [K, D]}, {@code K >= count}
     */
    Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count);

    /**
     * The {@code count} nearest other points of each point, itself left out by identity (a duplicate is a neighbour).
     *
     * @param points {@code [N, D]}, {@code N > count}
     */
    Neighbours neighbours(MatrixHandle points, int count);
}
