package io.uad.plugin.uncertainty.distance;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.ClusterSpread;
import io.uad.api.uncertainty.SampleWeights;
import io.uad.api.uncertainty.Uncertainty;
import java.util.function.DoubleUnaryOperator;

/**
 * Scales distances to 0..1 within each cluster and turns them into weights. Unseen rows are compared with the members of the
 * training and scaled with its factor, so that a row of the training would get its weight again.
 */
final class DistanceWeights implements Uncertainty {
    private final DistanceScale.Maker scale;
    private final DoubleUnaryOperator formula;
    private final boolean normalize;

    /**
     * Puts a formula together.
     *
     * @param formula from the scaled distance to a weight
     * @param normalize whether the weights of the training have a mean of 1
     */
    DistanceWeights(DistanceScale.Maker scale, DoubleUnaryOperator formula, boolean normalize) {
        this.scale = scale;
        this.formula = formula;
        this.normalize = normalize;
    }

    @Override
    public float[] weights(FeatureMatrix features, Clustering clustering, StageContext context) {
        return weights(clustering, clustering);
    }

    @Override
    public float[] weightsOfUnseen(
            FeatureMatrix features, Clustering assigned, Clustering trained, StageContext context) {
        return weights(assigned, trained);
    }

    private float[] weights(Clustering rows, Clustering trained) {
        var spread = ClusterSpread.of(trained);
        var scale = this.scale.of(trained, spread);
        if (!normalize) {
            return weights(rows, spread, scale);
        }
        var factor = SampleWeights.factorToMeanOne(weights(trained, spread, scale), trained);
        return SampleWeights.scaled(weights(rows, spread, scale), factor);
    }

    private float[] weights(Clustering rows, ClusterSpread trained, DistanceScale scale) {
        return SampleWeights.of(
                rows,
                trained,
                row -> formula.applyAsDouble(scale.of(rows.labels()[row], rows.squaredDistances()[row])));
    }
}
