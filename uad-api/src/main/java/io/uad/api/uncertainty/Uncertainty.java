package io.uad.api.uncertainty;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.StageContext;

/**
 * Weighs each pseudo-label by how far it can be trusted.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Uncertainty {
    /**
     * One weight per sample; the loss of a sample is multiplied by it. Equal arguments give equal weights. A cluster of
     * one sample, or one whose members cannot be told apart, gets the neutral weight 1; noise gets 0.
     *
     * @param features {@code [N, d]}, the rows that were clustered; not changed
     * @param clustering their clustering; not changed
     * @return {@code [N]}, finite, 0 or more, higher = more trusted; owned by the caller
     */
    float[] weights(FeatureMatrix features, Clustering clustering, StageContext context);
}
