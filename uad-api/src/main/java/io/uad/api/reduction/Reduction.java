package io.uad.api.reduction;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;

/** Learns a projection from a sample of the features. */
public interface Reduction {
    /**
     * Learns from a sample of rows.
     *
     * @param sample {@code [n, D]}, finite
     * @throws io.uad.api.UadException of kind CONFIG if n or D is too small, DATA if the rows have no variance
     */
    Projection fit(FeatureMatrix sample, StageContext context);

    /**
     * A projection as it was stored.
     *
     * @param state what {@link Projection#state()} returned
     */
    Projection restore(NamedTensors state, LinearAlgebra algebra);

    /**
     * The number of rows and columns below which {@link #fit} must fail; known before any image is read.
     *
     * @return at least 1
     */
    int minimumRows();
}
