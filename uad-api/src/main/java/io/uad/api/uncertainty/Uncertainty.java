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

    /**
     * Weights of rows that the run never saw, assigned to its clusters afterwards. A formula that compares a row with the
     * other members of its cluster compares it here with those of the training, so that a row's weight does not depend on
     * the rows beside it. Unless a formula knows better, the rows are weighed as if they were all there is.
     *
     * @param features {@code [N, d]}, the unseen rows; not changed
     * @param assigned the cluster of each of them, with the trained centroids; not changed
     * @param trained the clustering that the centroids come from; its rows are others; not changed
     * @return as {@link #weights}
     */
    default float[] weightsOfUnseen(
            FeatureMatrix features, Clustering assigned, Clustering trained, StageContext context) {
        return weights(features, assigned, context);
    }
}
