package io.uad.api.reduction;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;

/** A learned projection, with its matrices on the engine's device. */
public interface Projection extends AutoCloseable {
    /** Columns after the projection, d. */
    int columns();

    /**
     * Projects some rows.
     *
     * @param rows {@code [n, D]}
     * @return {@code [n, d]}, new
     */
    FeatureMatrix project(FeatureMatrix rows);

    /** Everything that {@link Reduction#restore} needs. */
    NamedTensors state();

    /**
     * The share of each input column in the variance that was seen, {@code [D]}, adding up to 1. Reports use it to say how
     * much each fused part counts.
     */
    double[] varianceShares();

    /** Frees the device's memory. */
    @Override
    void close();
}
