package io.uad.runtime.feature;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.fusion.FusedPart;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import java.util.List;
import java.util.Map;

/** Brings fused rows into the space that was clustered, by the factors and the projection that a run has stored. */
public final class StoredProjection implements AutoCloseable {
    private final PartScaling scaling;
    private final Projection projection;

    /**
     * @param parts of a fused row
     * @param state {@link ReducedFeatures#projection}
     * @throws UadException of kind DATA if the state is not of such rows and that reduction
     */
    public StoredProjection(Reduction reduction, List<FusedPart> parts, NamedTensors state, LinearAlgebra algebra) {
        try {
            this.scaling = PartScaling.restore(parts, state);
            this.projection = reduction.restore(PartScaling.reduction(state), algebra);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UadException(
                    ErrorKind.DATA,
                    "the stored projection does not fit: " + e.getMessage(),
                    "reduction",
                    "what the run's own fusion and reduction have written",
                    "Use the run's own configuration, without changes to fusion and reduction",
                    e);
        }
    }

    /**
     * The shapes of such a state, before there is one.
     *
     * @param parts of a fused row
     * @param reduction the shapes of the reduction's own state
     */
    public static Map<String, List<Integer>> shapes(List<FusedPart> parts, Map<String, List<Integer>> reduction) {
        return PartScaling.shapes(parts, reduction);
    }

    /** d. */
    public int columns() {
        return projection.columns();
    }

    /**
     * Projects a batch.
     *
     * @param fused {@code [B, D]}; multiplied in place
     * @return {@code [B, d]}, new
     */
    public FeatureMatrix project(float[] fused) {
        scaling.apply(fused);
        return projection.project(FeatureMatrix.of(fused, scaling.columns()));
    }

    @Override
    public void close() {
        projection.close();
    }
}
