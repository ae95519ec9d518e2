package io.uad.plugin.uncertainty.distance;

import io.uad.api.clustering.Clustering;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Scales distances to 0..1 within each cluster and turns them into weights. */
final class DistanceWeights {
    private DistanceWeights() {}

    /**
     * One weight per row: {@code formula(d~)}; 1 for clusters of one row or without spread, 0 for noise.
     *
     * @param power of the squared distance, before scaling
     */
    static float[] of(Clustering clustering, double power, DoubleUnaryOperator formula) {
        var labels = clustering.labels();
        var squared = clustering.squaredDistances();
        var nearest = new double[clustering.clusterCount()];
        var farthest = new double[clustering.clusterCount()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        Arrays.fill(farthest, Double.NEGATIVE_INFINITY);
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] != Clustering.NOISE) {
                var distance = distance(squared[row], power);
                nearest[labels[row]] = Math.min(nearest[labels[row]], distance);
                farthest[labels[row]] = Math.max(farthest[labels[row]], distance);
            }
        }
        var weights = new float[labels.length];
        for (var row = 0; row < labels.length; row++) {
            var label = labels[row];
            if (label != Clustering.NOISE) {
                var spread = farthest[label] - nearest[label];
                weights[row] = spread > 0
                        ? (float) formula.applyAsDouble((distance(squared[row], power) - nearest[label]) / spread)
                        : 1;
            }
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
}
