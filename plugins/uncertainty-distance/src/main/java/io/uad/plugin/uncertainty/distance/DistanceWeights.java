package io.uad.plugin.uncertainty.distance;

import io.uad.api.clustering.Clustering;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Scales distances to 0..1 within each cluster and turns them into weights. */
final class DistanceWeights {
    /**
     * Float32 rounding of a squared distance, and of a centroid against its norm, with some room: in a cluster of two both
     * members are equally far from their mean, but for this.
     */
    private static final double ROUNDING = 1e-6;

    private DistanceWeights() {}

    /**
     * One weight per row: {@code formula(d~)}; 1 for clusters of one row or without spread, 0 for noise. Spread that
     * rounding explains is none.
     *
     * @param power of the squared distance, before scaling
     */
    static float[] of(Clustering clustering, double power, DoubleUnaryOperator formula) {
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
        var spreads = new boolean[clustering.clusterCount()];
        for (var cluster = 0; cluster < spreads.length; cluster++) {
            var far = (double) farthest[cluster];
            var noise = ROUNDING
                    * (far + Math.sqrt(far) * norm(clustering.centroids().row(cluster)));
            spreads[cluster] = far - nearest[cluster] > noise;
        }
        var weights = new float[labels.length];
        for (var row = 0; row < labels.length; row++) {
            var label = labels[row];
            if (label == Clustering.NOISE) {
                continue;
            }
            if (!spreads[label]) {
                weights[row] = 1;
                continue;
            }
            var least = distance(nearest[label], power);
            var spread = distance(farthest[label], power) - least;
            weights[row] = (float) formula.applyAsDouble((distance(squared[row], power) - least) / spread);
        }
        return weights;
    }

    /** The same weights with a mean of 1 over the rows that are no noise. */
    static float[] normalized(float[] weights, Clustering clustering) {
        var sum = 0.0;
        for (var weight : weights) {
            sum += weight;
        }
        var labels = clustering.labels();
        var count =
                Arrays.stream(labels).filter(label -> label != Clustering.NOISE).count();
        if (sum == 0) {
            return weights;
        }
        var scaled = new float[weights.length];
        for (var row = 0; row < weights.length; row++) {
            scaled[row] = (float) (weights[row] * (count / sum));
        }
        return scaled;
    }

    private static double distance(float squared, double power) {
        return power == 1 ? squared : Math.pow(squared, power);
    }

    private static double norm(float[] values) {
        var squares = 0.0;
        for (var value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
