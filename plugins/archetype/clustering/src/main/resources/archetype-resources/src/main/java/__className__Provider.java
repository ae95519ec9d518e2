package ${package};

import io.uad.api.Options;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements ClusteringProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "Centres as far from each other as can be, each row to the nearest (Gonzalez, 1985)";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public ClusteringAlgorithm create(Options options) {
        return new ${className}Clustering(options.as(${className}Options.class).k());
    }
}
