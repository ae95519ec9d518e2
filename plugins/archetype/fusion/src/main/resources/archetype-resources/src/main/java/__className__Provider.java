package ${package};

import io.uad.api.Options;
import io.uad.api.fusion.Fusion;
import io.uad.api.fusion.FusionProvider;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements FusionProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "The mean of every channel of two taps, side by side";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public Fusion create(Options options) {
        return new ${className}Fusion(options.as(${className}Options.class));
    }
}
