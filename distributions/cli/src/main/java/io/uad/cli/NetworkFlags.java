package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.inference.ClusteredModel;
import io.uad.runtime.inference.Model;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Chooses a network: a trained one, or an untrained one for comparison. */
final class NetworkFlags {
    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "A run's folder (its newest checkpoint) or a checkpoint. Not needed with --random.")
    private @Nullable Path model;

    @Option(
            names = "--random",
            description = "Take the untrained network instead, for comparison: that of --model, else that of --config.")
    private boolean random;

    @Mixin
    private WorkerFlags workers = new WorkerFlags();

    @Mixin
    private ConfigFlags config = new ConfigFlags();

    /**
     * Reads it.
     *
     * @param data the images that it is shown
     * @param listeners YAML, such as {@code [console]}
     */
    Model open(Environment environment, Path data, String listeners) {
        var reader = environment.reader();
        var overrides = workers.overrides(listeners, config.assignments());
        if (model == null && random) {
            return Model.untrained(reader, reader.base(config.config()), data, overrides);
        }
        return Model.of(reader, requireModel("Or take an untrained network: --random"), random, data, overrides);
    }

    /** Reads it with its clusters. */
    ClusteredModel openClustered(Environment environment, Path data, String listeners) {
        var overrides = workers.overrides(listeners, config.assignments());
        return ClusteredModel.of(environment.reader(), requireModel(""), data, overrides);
    }

    boolean isRandom() {
        return random;
    }

    private Path requireModel(String instead) {
        if (model == null) {
            throw UadException.config("no model was named", "--model", "a run's folder or a checkpoint", instead);
        }
        return model;
    }
}
