package io.uad.api.clustering;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.engine.StageContext;
import java.util.Optional;

/**
 * Groups feature rows. Keeps nothing from one call to the next.
 *
 * @since 0.1
 */
public interface ClusteringAlgorithm {
    /**
     * Clusters all rows. Equal arguments and an equal seed give an equal result.
     *
     * @param features {@code [N, d]}, finite; not changed and not kept
     * @return as many labels as rows; handed over
     * @throws UadException of kind CONFIG if there are too few rows for the options, DATA if a feature is not
     *     finite
     */
    Clustering cluster(FeatureMatrix features, StageContext context);

    /** The number of rows below which {@link #cluster} must fail; known before any image is read. */
    int minimumRows();

    /**
     * What {@link #cluster} will take, for plans and before any image is read.
     *
     * @param rows N, at least {@link #minimumRows()}
     * @param columns d
     * @return empty, as by default, if that cannot be told
     */
    default Optional<ClusteringForecast> forecast(int rows, int columns) {
        return Optional.empty();
    }
}
