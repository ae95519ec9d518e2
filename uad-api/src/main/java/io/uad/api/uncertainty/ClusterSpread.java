package io.uad.api.uncertainty;

import io.uad.api.clustering.Clustering;
import java.util.Arrays;

/**
 * How far the nearest and the farthest member of each cluster lie from its centroid, and whether that tells them apart.
 *
 * @since 0.1
 */
public final class ClusterSpread {
    /**
     * Float32 rounding of a squared distance, and of a centroid against its norm, with some room: in a cluster of two both
     * members are equally far from their mean, but for this.
     */
    private static final double ROUNDING = 1e-6;

    private final float[] nearest;
    private final float[] farthest;
    private final boolean[] distinguishes;

    private ClusterSpread(float[] nearest, float[] farthest, boolean[] distinguishes) {
        this.nearest = nearest;
        this.farthest = farthest;
        this.distinguishes = distinguishes;
    }

    /** Looks at the members of every cluster. */
    public static ClusterSpread of(Clustering clustering) {
        var labels = clustering.labels();
        var squared = clustering.squaredDistances();
        var nearest = new float[clustering.clusterCount()];
        var farthest = new float[clustering.clusterCount()];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] != Clustering.NOISE) {
                nearest[labels[row]] = Math.min(nearest[labels[row]], squared[row]);
                farthest[labels[row]] = Math.max(farthest[labels[row]], squared[row]);
            }
        }
        var distinguishes = new boolean[nearest.length];
        for (var cluster = 0; cluster < nearest.length; cluster++) {
            var far = (double) farthest[cluster];
            var noise = ROUNDING
                    * (far + Math.sqrt(far) * norm(clustering.centroids().row(cluster)));
            distinguishes[cluster] = far - nearest[cluster] > noise;
        }
        return new ClusterSpread(nearest, farthest, distinguishes);
    }

    /** False for a cluster of one member or none, and for one whose distances differ by no more than their rounding. */
    public boolean distinguishes(int cluster) {
        return distinguishes[cluster];
    }

    /** The smallest squared distance in a cluster; infinite if it is empty. */
    public float nearest(int cluster) {
        return nearest[cluster];
    }

    /** The largest squared distance in a cluster; 0 if it is empty. */
    public float farthest(int cluster) {
        return farthest[cluster];
    }

    private static double norm(float[] values) {
        var squares = 0.0;
        for (var value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
