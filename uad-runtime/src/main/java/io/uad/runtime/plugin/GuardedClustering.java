package io.uad.runtime.plugin;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.engine.StageContext;
import java.util.Optional;

/** A clustering whose failures name it, and whose result is checked. */
record GuardedClustering(RegisteredComponent component, ClusteringAlgorithm algorithm) implements ClusteringAlgorithm {
    @Override
    public Clustering cluster(FeatureMatrix features, StageContext context) {
        var clustering = PluginContract.guard(component, "cluster()", () -> algorithm.cluster(features, context));
        PluginContract.check(component, clustering, features.rows());
        return clustering;
    }

    @Override
    public int minimumRows() {
        return PluginContract.guard(component, "minimumRows()", algorithm::minimumRows);
    }

    @Override
    public Optional<ClusteringForecast> forecast(int rows, int columns) {
        return PluginContract.guard(component, "forecast()", () -> algorithm.forecast(rows, columns));
    }
}
