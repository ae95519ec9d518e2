package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.UadRun;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.PresetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad train}. */
@Command(
        name = "train",
        description = "Learn features from a folder of images; no labels are needed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad train photos/ --exp exp/photos --k 100 --epochs 20 --batch 64",
            "  uad train photos/ --config deepcluster --set image.size=64 --set clustering.k=200",
            "  uad train features.npy --exp exp/features      a matrix instead of images",
            "  uad train --config my.yaml",
            "  uad train --exp exp/photos --resume           go on where it stopped",
            "  uad train photos/ --processes 4 --set engine.plugin=libtorch",
            "  uad train photos/ --rendezvous machine-1:29500 --rank 1 --world 2    the second of two machines",
        })
final class TrainCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunFlags flags = new RunFlags();

    @Mixin
    private ProcessFlags processes = new ProcessFlags();

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PATH",
            description =
                    "Go on with the run in the output folder, or from the checkpoint or run's folder PATH, which may be the "
                            + "original program's (checkpoint.pth.tar). From an older checkpoint of the same folder, what "
                            + "the run wrote after it is deleted. Without --config the run's own configuration holds; a process "
                            + "of several that does not see PATH needs its config.yaml by --config.")
    private @Nullable Path resume;

    @Option(
            names = "--allow-changes",
            description = "Resume although dataset, settings or plugins are no longer those that the run began with.")
    private boolean allowChanges;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    TrainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (resume != null && flags.overwrites()) {
            throw UadException.config(
                    "--resume and --overwrite contradict each other",
                    "",
                    "one of them",
                    "Choose whether to keep the run");
        }
        processes.check();
        var checkpoint = checkpoint();
        var config = flags.read(environment, base(checkpoint));
        var run = UadRun.of(config);
        var mode = resume != null
                ? RunFolder.Mode.RESUME
                : flags.overwrites() ? RunFolder.Mode.OVERWRITE : RunFolder.Mode.FRESH;
        UadRun.Result result;
        try (var work = environment.interruption().duringTraining(run::stop);
                var others = processes.open(environment, config, run::stop)) {
            result = run.together(others).execute(mode, checkpoint, allowChanges);
        }
        if (json && !processes.follows()) {
            var values = new LinkedHashMap<String, Object>();
            values.put("folder", result.folder().toString());
            values.put("interrupted", result.interrupted());
            values.put("epochs", result.epochs());
            values.put("metrics", result.metrics());
            Json.print(spec.commandLine().getOut(), values);
        }
        return result.interrupted() ? Interruption.EXIT_CODE : 0;
    }

    /** What --resume names, as the runtime reads it; null if it names nothing. */
    private @Nullable Path checkpoint() {
        if (resume == null || resume.toString().isEmpty() || (processes.follows() && !Files.exists(resume))) {
            return null; // process 0 alone needs it
        }
        if (!Files.exists(resume)) {
            throw UadException.data(
                    "no such checkpoint",
                    "--resume " + resume,
                    "a checkpoint or a run's folder",
                    "Check the path; --resume without one goes on with the run in the output folder");
        }
        return Models.readable(resume, environment, sentence -> Notes.print(spec, sentence));
    }

    /**
     * The lowest layers: what --config names, else what the run that goes on began with, wherever its folder lies now, else
     * the preset, and above it the network of the checkpoint that a new run begins with.
     */
    private List<ConfigLayer> base(@Nullable Path checkpoint) {
        if (flags.config().isEmpty() && resume != null) {
            var run = checkpoint != null
                    ? runFolder(checkpoint)
                    : flags.output() == null ? null : Path.of(flags.output());
            if (run != null && Files.isRegularFile(run.resolve("config.yaml"))) {
                Notes.print(spec, "configuration: that of the run, " + run.resolve("config.yaml"));
                return List.of(
                        ConfigLayer.file(run.resolve("config.yaml")),
                        ConfigLayer.assignment("--resume", "output", run.toString()));
            }
        }
        if (checkpoint == null || flags.config().isPresent() || flags.isMatrix()) {
            return flags.base(environment);
        }
        Notes.print(
                spec,
                "configuration: no --config, so the preset " + PresetSource.STANDARD
                        + " with the network and image size of the checkpoint");
        var manifest = CheckpointStore.readModel(checkpoint).manifest();
        return List.of(
                environment.reader().base(Optional.empty()),
                ConfigLayer.text(checkpoint + " (its configuration)", manifest.config())
                        .only(List.of("backbone", "image")));
    }

    /** The run to which a checkpoint belongs. */
    private static Path runFolder(Path checkpoint) {
        var absolute = checkpoint.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            return absolute;
        }
        var parent = absolute.resolveSibling("").normalize();
        return parent.endsWith("checkpoints") ? parent.resolveSibling("").normalize() : parent;
    }
}
