package io.uad.cli;

import io.uad.runtime.inference.ClusteredModel;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Chooses a run whose clusters are used. */
final class ModelFlags {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description = "A run's folder (its newest checkpoint) or one of its checkpoints.")
    private Path model = Path.of("");

    @Mixin
    private WorkerFlags workers = new WorkerFlags();

    @Mixin
    private SetFlags assignments = new SetFlags();

    /** Reads it. */
    ClusteredModel open(Environment environment, Path data) {
        var overrides = workers.overrides("[console]", assignments.assignments());
        return ClusteredModel.of(environment.reader(), model, data, overrides);
    }
}
