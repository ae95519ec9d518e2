package io.uad.plugin.engine.libtorch;

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;

/** Registers {@code libtorch}. */
public final class LibtorchProvider implements EngineProvider {
    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String description() {
        return "PyTorch 2.13 through JavaCPP, in float32 or bfloat16, on CPU and CUDA";
    }

    @Override
    public Class<LibtorchOptions> optionsType() {
        return LibtorchOptions.class;
    }

    @Override
    public Engine create(Options options) {
        return LibtorchEngine.open(options.as(LibtorchOptions.class));
    }
}
