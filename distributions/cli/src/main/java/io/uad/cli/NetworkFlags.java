package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.inference.ClusteredModel;
import io.uad.runtime.inference.Model;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Chooses a network: a trained one, or an untrained one for comparison. */
final class NetworkFlags {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "A run's folder (its newest checkpoint) or a checkpoint, also the original program's "
                    + "(checkpoint.pth.tar). Not needed with --random.")
    private @Nullable Path model;

    @Option(
            names = "--random",
            description = "Take the untrained network instead, for comparison: that of --model, else that of --config.")
    private boolean random;

    @Mixin
    private WorkerFlags workers = new WorkerFlags();

    @Mixin
    private ConfigFlags config = new ConfigFlags();

    /** @throws UadException of kind CONFIG if the flags contradict each other */
    void check() {
        if (model != null && config.config().isPresent()) {
            throw UadException.config(
                    "--model and --config contradict each other",
                    "",
                    "one of them, since a model brings its own configuration",
                    "Leave --config out; --set changes single values of the model's");
        }
    }

    /**
     * Reads it.
     *
     * @param data the images that it is shown
     * @param listeners YAML, such as {@code [console]}
     */
    Model open(Environment environment, Path data, String listeners) {
        var reader = environment.reader();
        check();
        var overrides = workers.overrides(listeners, config.assignments());
        if (model == null && random) {
            return Model.untrained(reader, reader.base(config.config()), data, overrides);
        }
        return Model.of(
                reader, requireModel(environment, "Or take an untrained network: --random"), random, data, overrides);
    }

    /** Reads it with its clusters. */
    ClusteredModel openClustered(Environment environment, Path data, String listeners) {
        check();
        var overrides = workers.overrides(listeners, config.assignments());
        return ClusteredModel.of(environment.reader(), requireModel(environment, ""), data, overrides);
    }

    boolean isRandom() {
        return random;
    }

    private Path requireModel(Environment environment, String instead) {
        if (model == null) {
            throw UadException.config("no model was named", "--model", "a run's folder or a checkpoint", instead);
        }
        return Models.readable(model, environment, sentence -> Notes.print(spec, sentence));
    }
}
