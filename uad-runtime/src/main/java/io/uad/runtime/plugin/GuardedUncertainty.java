package io.uad.runtime.plugin;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;

/** A formula whose failures name it, and whose weights are checked. */
record GuardedUncertainty(RegisteredComponent component, Uncertainty formula) implements Uncertainty {
    @Override
    public float[] weights(FeatureMatrix features, Clustering clustering, StageContext context) {
        var weights =
                PluginContract.guard(component, "weights()", () -> formula.weights(features, clustering, context));
        PluginContract.check(component, weights, clustering.labels());
        return weights;
    }

    @Override
    public float[] weightsOfUnseen(
            FeatureMatrix features, Clustering assigned, Clustering trained, StageContext context) {
        var weights = PluginContract.guard(
                component, "weightsOfUnseen()", () -> formula.weightsOfUnseen(features, assigned, trained, context));
        PluginContract.check(component, weights, assigned.labels());
        return weights;
    }
}
