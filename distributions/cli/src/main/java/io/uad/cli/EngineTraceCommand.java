package io.uad.cli;

import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.engine.EngineTrace;
import io.uad.runtime.engine.TracedWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uad engines trace}: one engine's part of {@link EngineCompareCommand}, in a JVM of its own. */
@Command(name = "trace", hidden = true, description = "Trace one engine, for 'uad engines compare'.")
final class EngineTraceCommand implements Runnable {
    private final Environment environment;

    @Option(names = "--config", required = true, description = "The whole configuration.")
    private Path config = Path.of("");

    @Option(names = "--reference", description = "The trace of the engine that went first.")
    private @Nullable Path reference;

    @Option(names = "--out", required = true, description = "Where this trace goes.")
    private Path out = Path.of("");

    @Option(names = "--images", required = true, description = "How many.")
    private int images;

    @Option(names = "--batch", required = true, description = "Images per step.")
    private int batch;

    @Option(names = "--steps", required = true, description = "Training steps.")
    private int steps;

    @Option(names = "--classes", required = true, description = "Outputs of the head.")
    private int classes;

    EngineTraceCommand(Environment environment) {
        this.environment = environment;
    }

    /** The command line that asks for this. */
    static List<String> arguments(Path config, TracedWork work, @Nullable Path reference, Path out) {
        var arguments = new ArrayList<>(List.of(
                "engines",
                "trace",
                "--config",
                config.toString(),
                "--out",
                out.toString(),
                "--images",
                Integer.toString(work.images()),
                "--batch",
                Integer.toString(work.batch()),
                "--steps",
                Integer.toString(work.steps()),
                "--classes",
                Integer.toString(work.classes())));
        if (reference != null) {
            arguments.addAll(List.of("--reference", reference.toString()));
        }
        return arguments;
    }

    @Override
    public void run() {
        var read = environment.reader().read(List.of(ConfigLayer.file(config)));
        new EngineTrace(read, new TracedWork(images, batch, steps, classes), reference, out).record();
    }
}
