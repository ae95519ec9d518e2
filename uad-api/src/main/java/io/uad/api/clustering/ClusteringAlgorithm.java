package io.uad.api.clustering;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.StageContext;

/** Groups feature rows. */
public interface ClusteringAlgorithm {
    /**
     * Clusters all rows. Equal arguments give an equal result.
     *
     * @param features {@code [N, d]}, finite; not changed
     * @throws io.uad.api.UadException of kind CONFIG if there are too few rows for the options
     */
    Clustering cluster(FeatureMatrix features, StageContext context);

    /** The number of rows below which {@link #cluster} must fail; known before any image is read. */
    int minimumRows();
}
