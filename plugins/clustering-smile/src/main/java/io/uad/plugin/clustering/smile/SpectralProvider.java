package io.uad.plugin.clustering.smile;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code spectral}. */
public final class SpectralProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "spectral";
    }

    @Override
    public String description() {
        return "k clusters of a graph of similarities, by its eigenvectors (Ng, Jordan, Weiss, NIPS 2001)";
    }

    @Override
    public Class<SpectralOptions> optionsType() {
        return SpectralOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return new Spectral(options.as(SpectralOptions.class));
    }
}
