package io.uad.plugin.clustering.smile;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code g-means}. */
public final class GMeansProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "g-means";
    }

    @Override
    public String description() {
        return "k-means that splits clusters until each looks Gaussian (Hamerly, Elkan, NIPS 2003)";
    }

    @Override
    public Class<GMeansOptions> optionsType() {
        return GMeansOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return SplittingMeans.g(options.as(GMeansOptions.class));
    }
}
