package io.uad.plugin.clustering.kmeans;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code kmeans}. */
public final class KMeansProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "kmeans";
    }

    @Override
    public String description() {
        return "k-means by Lloyd's iterations over all images, empty clusters refilled";
    }

    @Override
    public Class<KMeansOptions> optionsType() {
        return KMeansOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return new KMeans(options.as(KMeansOptions.class));
    }
}
