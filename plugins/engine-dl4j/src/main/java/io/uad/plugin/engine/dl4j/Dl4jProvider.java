package io.uad.plugin.engine.dl4j;

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;

/** Registers {@code dl4j}. */
public final class Dl4jProvider implements EngineProvider {
    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public String description() {
        return "ND4J, the arrays of Deeplearning4j, on the CPU";
    }

    @Override
    public Class<Dl4jOptions> optionsType() {
        return Dl4jOptions.class;
    }

    @Override
    public Engine create(Options options) {
        return Dl4jEngine.open(options.as(Dl4jOptions.class));
    }
}
