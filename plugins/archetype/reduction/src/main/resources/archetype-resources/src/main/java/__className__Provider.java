package ${package};

import io.uad.api.Options;
import io.uad.api.reduction.Reduction;
import io.uad.api.reduction.ReductionProvider;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements ReductionProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "A random Gaussian projection (Dasgupta and Gupta, 2003)";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public Reduction create(Options options) {
        return new ${className}Reduction(options.as(${className}Options.class));
    }
}
