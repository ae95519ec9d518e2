package io.uad.plugin.clustering.smile;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code x-means}. */
public final class XMeansProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "x-means";
    }

    @Override
    public String description() {
        return "k-means that splits clusters while the Bayesian information criterion grows (Pelleg, Moore, ICML 2000)";
    }

    @Override
    public Class<XMeansOptions> optionsType() {
        return XMeansOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return SplittingMeans.x(options.as(XMeansOptions.class));
    }
}
