package io.uad.plugin.uncertainty.distance;

import io.uad.api.uncertainty.ClusterSpread;

/**
 * {@code (d - dmin) / (dmax - dmin)}.
 *
 * @param power of the squared distance, before scaling
 */
record MinMaxScale(ClusterSpread spread, double power) implements DistanceScale {
    @Override
    public double of(int cluster, float squared) {
        var farthest = spread.farthest(cluster);
        var least = distance(spread.nearest(cluster), farthest);
        var range = distance(farthest, farthest) - least;
        // Below a power of 1e-10 no double tells the members apart.
        return range > 0 ? Math.max(0, Math.min((distance(squared, farthest) - least) / range, 1)) : 0;
    }

    /** Beside the farthest, because a power of a small distance may be 0. */
    private double distance(float squared, float farthest) {
        return power == 1 ? squared : Math.pow((double) squared / farthest, power);
    }
}
