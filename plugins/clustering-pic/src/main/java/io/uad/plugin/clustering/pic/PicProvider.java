package io.uad.plugin.clustering.pic;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code pic}. */
public final class PicProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "pic";
    }

    @Override
    public String description() {
        return "power iteration clustering on a graph of nearest neighbours, which finds the number of clusters itself";
    }

    @Override
    public Class<PicOptions> optionsType() {
        return PicOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return new Pic(options.as(PicOptions.class));
    }
}
