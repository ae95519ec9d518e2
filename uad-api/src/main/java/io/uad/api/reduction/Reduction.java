package io.uad.api.reduction;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import java.util.Optional;

/**
 * Learns a projection from a sample of the features.
 *
 * @since 0.1
 */
public interface Reduction {
    /**
     * Learns from a sample of rows.
     *
     * @param sample {@code [n, D]}, finite; not changed, since it is projected afterwards, and not kept. It may take most of
     *     the memory: do not copy it whole, {@link FeatureMatrix#minus} centres without a copy
     * @return a new projection, the caller's to close
     * @throws io.uad.api.UadException of kind CONFIG if n or D is too small, DATA if the rows are not finite, have no
     *     variance, or too little or too much for float32
     */
    Projection fit(FeatureMatrix sample, StageContext context);

    /**
     * A projection as it was stored.
     *
     * @param state what {@link Projection#state()} returned; its arrays are shared
     * @return a new projection, the caller's to close
     * @throws IllegalArgumentException if a tensor is missing
     */
    Projection restore(NamedTensors state, LinearAlgebra algebra);

    /** The number of rows below which {@link #fit} must fail, at least 1; known before any image is read. */
    int minimumRows();

    /**
     * How many rows are worth fitting on. With up to that many samples the fit sees all of them; else that many, drawn by
     * the run's seed. They are held in memory while fitting.
     */
    int sampleRows();

    /**
     * What {@link #fit} will take, for plans and before any image is read.
     *
     * @param rows n, at least {@link #minimumRows()}
     * @param columns D
     * @return empty, as by default, if that cannot be told
     */
    default Optional<ReductionForecast> forecast(int rows, int columns) {
        return Optional.empty();
    }
}
