package ${package};

import io.uad.api.Options;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements UncertaintyProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "exp(-d / (2 width^2 m)), d the squared distance to the centroid, m its mean in the cluster";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public Uncertainty create(Options options) {
        return new ${className}Uncertainty(options.as(${className}Options.class));
    }
}
