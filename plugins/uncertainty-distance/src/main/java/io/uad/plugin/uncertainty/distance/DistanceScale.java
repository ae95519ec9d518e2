package io.uad.plugin.uncertainty.distance;

import io.uad.api.clustering.Clustering;
import io.uad.api.uncertainty.ClusterSpread;

/** Says how far a row lies from its centroid, beside the members of its cluster. */
interface DistanceScale {
    /**
     * 0 as near as the nearest member, or nearer, to 1 as far as the farthest, or farther.
     *
     * @param cluster one that tells its members apart
     * @param squared the row's squared distance to that cluster's centroid
     */
    double of(int cluster, float squared);

    /** Makes a scale of the members of a clustering. */
    @FunctionalInterface
    interface Maker {
        DistanceScale of(Clustering clustering, ClusterSpread spread);
    }
}
