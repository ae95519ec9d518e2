package io.uad.plugin.engine.djl;

import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import io.uad.api.engine.NativesRequest;
import io.uad.plugin.engine.djl.natives.NativesInstaller;
import java.nio.file.Path;
import java.util.Optional;

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

    /** {@code cu128}, for GPUs, from a folder or by DJL's own download; {@code cpu} goes back. */
    @Override
    public Optional<Path> installNatives(NativesRequest request) {
        return new NativesInstaller(Trial.class).install(request);
    }
}
