package io.uad.plugin.uncertainty.membership;

import io.uad.api.clustering.Clustering;

/** How certain it is that a row belongs to its own cluster and no other one. */
@FunctionalInterface
interface Certainty {
    /**
     * 0 uncertain to 1 certain; never less for a smaller distance to the own centroid. No distance may be negative, any may
     * be 0.
     *
     * @param squared squared distances to two or more centroids: the nearest ones, and the own if it is none of these
     * @param own index of the own centroid
     */
    double of(double[] squared, int own);

    /** Makes a formula for the rows of one clustering. */
    @FunctionalInterface
    interface Maker {
        Certainty of(Clustering trained);
    }
}
