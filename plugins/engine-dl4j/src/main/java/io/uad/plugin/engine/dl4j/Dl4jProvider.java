package io.uad.plugin.engine.dl4j;

import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import io.uad.api.engine.NativesRequest;
import java.nio.file.Path;
import java.util.Optional;

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

    /** Refused: there is a set for CUDA, but this plugin writes to native memory, which would be the GPU's. */
    @Override
    public Optional<Path> installNatives(NativesRequest request) {
        throw UadException.config(
                "dl4j computes on the CPU only, whatever natives there are: ND4J has nd4j-cuda-11.6 1.0.0-M2.1, with the"
                        + " classifiers linux-x86_64 and linux-x86_64-cudnn-8.3 and JavaCPP's cuda 11.6-8.3-1.5.7, but this"
                        + " plugin reads and writes the arrays' native memory directly",
                "engine/dl4j",
                "the natives that it comes with",
                "For a GPU use engine.plugin: djl and 'uad engines install djl --flavor cu128'");
    }
}
