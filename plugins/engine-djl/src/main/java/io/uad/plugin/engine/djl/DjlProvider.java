package io.uad.plugin.engine.djl;

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;

/** Registers {@code djl}. */
public final class DjlProvider implements EngineProvider {
    @Override
    public String name() {
        return "djl";
    }

    @Override
    public String description() {
        return "PyTorch through the Deep Java Library, on CPU and CUDA";
    }

    @Override
    public Class<DjlOptions> optionsType() {
        return DjlOptions.class;
    }

    @Override
    public Engine create(Options options) {
        return DjlEngine.open(options.as(DjlOptions.class));
    }
}
