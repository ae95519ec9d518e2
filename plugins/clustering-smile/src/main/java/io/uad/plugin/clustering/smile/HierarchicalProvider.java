package io.uad.plugin.clustering.smile;

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code hierarchical}. */
public final class HierarchicalProvider implements ClusteringProvider {
    @Override
    public String name() {
        return "hierarchical";
    }

    @Override
    public String description() {
        return "merges the two nearest clusters until k are left (Ward, JASA 1963; Eppstein, SODA 1998)";
    }

    @Override
    public Class<HierarchicalOptions> optionsType() {
        return HierarchicalOptions.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return new Hierarchical(options.as(HierarchicalOptions.class));
    }
}
