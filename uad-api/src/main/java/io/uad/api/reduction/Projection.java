package io.uad.api.reduction;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;

/**
 * A learned projection, with its matrices on the engine's device.
 *
 * @since 0.1
 */
public interface Projection extends AutoCloseable {
    /** Columns after the projection, d. */
    int columns();

    /**
     * Projects some rows.
     *
     * @param rows {@code [n, D]}, finite; not changed and not kept
     * @return {@code [n, d]}, new
     * @throws IllegalArgumentException if the rows have not as many columns as those it was learned from
     */
    FeatureMatrix project(FeatureMatrix rows);

    /** Everything that {@link Reduction#restore} needs; a restored projection gives the same bytes. */
    NamedTensors state();

    /** Frees the device's memory. */
    @Override
    void close();
}
