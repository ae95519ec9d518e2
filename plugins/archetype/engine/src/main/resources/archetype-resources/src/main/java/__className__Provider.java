package ${package};

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;

/** Registers {@code ${name}}. */
public final class ${className}Provider implements EngineProvider {
    @Override
    public String name() {
        return "${name}";
    }

    @Override
    public String description() {
        return "Networks in plain Java, on CPU";
    }

    @Override
    public Class<${className}Options> optionsType() {
        return ${className}Options.class;
    }

    @Override
    public Engine create(Options options) {
        return ${className}Engine.open(options.as(${className}Options.class));
    }
}
