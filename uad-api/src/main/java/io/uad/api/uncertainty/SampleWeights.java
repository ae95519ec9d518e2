package io.uad.api.uncertainty;

import io.uad.api.clustering.Clustering;
import java.util.function.IntToDoubleFunction;

/**
 * What every formula promises, for formulas to build on: noise weighs nothing, members that cannot be told apart weigh 1.
 *
 * @since 0.1
 */
public final class SampleWeights {
    private SampleWeights() {}

    /**
     * One weight per row: 0 for noise, 1 where the cluster does not tell its members apart, else the formula's.
     *
     * @param rows what is weighed
     * @param trained of the clustering that the centroids come from; of {@code rows} itself in training
     * @param formula from row to weight
     * @return {@code [N]}, a new array
     */
    public static float[] of(Clustering rows, ClusterSpread trained, IntToDoubleFunction formula) {
        var labels = rows.labels();
        var weights = new float[labels.length];
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] != Clustering.NOISE) {
                weights[row] = trained.distinguishes(labels[row]) ? (float) formula.applyAsDouble(row) : 1;
            }
        }
        return weights;
    }

    /** The factor that brings the mean over all rows but the noise to 1; 1 if no row weighs anything. */
    public static double factorToMeanOne(float[] weights, Clustering clustering) {
        var sum = 0.0;
        for (var weight : weights) {
            sum += weight;
        }
        var count = 0;
        for (var label : clustering.labels()) {
            if (label != Clustering.NOISE) {
                count++;
            }
        }
        return sum == 0 ? 1 : count / sum;
    }

    /** The weights times a factor, a new array. */
    public static float[] scaled(float[] weights, double factor) {
        var scaled = new float[weights.length];
        for (var row = 0; row < weights.length; row++) {
            scaled[row] = (float) (weights[row] * factor);
        }
        return scaled;
    }
}
