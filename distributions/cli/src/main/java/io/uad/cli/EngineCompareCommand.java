package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.cli.quickstart.SyntheticImages;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.NamedData;
import io.uad.runtime.engine.TraceComparison;
import io.uad.runtime.engine.TracedWork;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad engines compare}. */
@Command(
        name = "compare",
        description = {
            "Let every engine do the same small piece of a run, each in a JVM of its own, and compare them stage by stage: images, "
                    + "activations, losses, gradients, weights after some steps, features, clusters.",
            "The reduction is fitted by the engine that goes first, the one of the configuration, and the others are compared "
                    + "with it. Exit code 0 only if all agree.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad engines compare                              on images made for it",
            "  uad engines compare photos/ --set backbone.plugin=vgg16 --set image.size=64",
            "  uad engines compare --save trace/                keep what the first engine computed ...",
            "  uad engines compare --reference trace/ --json    ... and compare with it later, or on another machine",
        })
final class EngineCompareCommand implements Callable<Integer> {
    private static final int SMALLEST_PICTURE = 32;
    private static final int LARGEST_PICTURE = 1024;
    private static final int CLASSES = 32;
    private static final int DISAGREEMENT = 1;

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description =
                    "Folder of images, a packed copy of one (.uadpack), or a matrix of features (.npy). Without it images are "
                            + "made.")
    private @Nullable Path data;

    @Mixin
    private ConfigFlags configFlags = new ConfigFlags();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            description = "Which engines; may be repeated. Default: all that are installed.")
    private List<String> engines = new ArrayList<>();

    @Option(
            names = "--images",
            defaultValue = "512",
            paramLabel = "N",
            description = "At most so many images, at equal distances in DIR. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "N",
            description = "Images per step. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--steps",
            defaultValue = "3",
            paramLabel = "N",
            description = "Training steps; the fastest one is timed. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--reference",
            paramLabel = "TRACE",
            description = "Compare with what --save kept, instead of with the first engine.")
    private @Nullable Path reference;

    @Option(names = "--save", paramLabel = "TRACE", description = "Keep the first engine's trace in this new folder.")
    private @Nullable Path save;

    @Option(names = "--json", description = "Print JSON: an object for each engine and stage.")
    private boolean json;

    EngineCompareCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        check();
        try (var folder = WorkFolder.open("engines-compare-")) {
            return compare(folder.path());
        }
    }

    private void check() {
        if (batch < 2 || images < batch || steps < 1) {
            throw UadException.config(
                    images + " images in batches of " + batch + ", " + steps + " steps",
                    "engines compare",
                    "2 images or more in a batch, at least as many images, 1 step or more",
                    "Correct --images, --batch or --steps");
        }
        if (save != null && reference != null) {
            throw UadException.config(
                    "--save and --reference contradict each other", "", "one of them", "Keep the reference as it is");
        }
        if (save != null && Files.exists(save)) {
            throw UadException.config(
                    "it exists already",
                    "--save " + save,
                    "a folder that is not there yet",
                    "Choose another, or remove it");
        }
    }

    private int compare(Path folder) {
        var layers = layers(folder);
        var config = environment.reader().read(layers);
        config.notices().forEach(notice -> Notes.print(spec, notice));
        var compared = compared(config.engine().component());
        if (data == null) {
            Notes.print(spec, "making " + images + " images");
            var side = Math.max(
                    SMALLEST_PICTURE, Math.min(LARGEST_PICTURE, config.image().size() * 8 / 7));
            SyntheticImages.write(made(folder), side, images, config.seed());
        }
        var size = Math.min(images, config.dataset().create(Dataset.class).size());
        layers.addAll(FewImages.clamp(config, size, sentence -> Notes.print(spec, sentence)));
        var read = environment.reader().read(layers);
        var work = new TracedWork(size, batch, steps, FewImages.clusters(read).orElse(CLASSES));
        if (reference != null) {
            TraceComparison.requireSameWork(reference, read.toYaml(), work);
        }
        var process = new OwnProcess(environment, folder);
        EngineReport report;
        try (var running = environment.interruption().during(process::stop)) {
            report = compare(compared, layers, work, process, folder);
        }
        if (json) {
            Json.print(spec.commandLine().getOut(), report.values());
        } else {
            report.print(spec.commandLine().getOut());
        }
        return report.agrees() ? 0 : DISAGREEMENT;
    }

    private EngineReport compare(
            List<RegisteredComponent> compared,
            List<ConfigLayer> layers,
            TracedWork work,
            OwnProcess process,
            Path folder) {
        var report = new EngineReport();
        var right = reference;
        var rightName = reference == null ? "" : reference.toString();
        for (var engine : compared) {
            var target = right == null && save != null ? save : folder.resolve("trace-" + engine.name());
            trace(engine, layers, work, right, process, target);
            report.add(TraceComparison.summary(target));
            if (right == null) {
                right = target;
                rightName = engine.name();
            } else {
                report.add(rightName, engine.name(), new TraceComparison(right, target).differences());
            }
        }
        return report;
    }

    /** The configuration of all engines, but for the engine itself and what is clamped. */
    private List<ConfigLayer> layers(Path folder) {
        var layers = new ArrayList<ConfigLayer>();
        layers.add(environment.reader().base(configFlags.config()));
        layers.addAll(NamedData.layers("DIR", data == null ? made(folder) : data, List.copyOf(layers)));
        layers.add(configFlags.assignments());
        return layers;
    }

    private static Path made(Path folder) {
        return folder.resolve("images");
    }

    /** The engines in the order in which they are traced: the configuration's first. */
    private List<RegisteredComponent> compared(RegisteredComponent first) {
        var all = environment.registry().components(Stage.ENGINE);
        var chosen = engines.isEmpty()
                ? new ArrayList<>(all)
                : new ArrayList<>(engines.stream()
                        .map(name -> environment.registry().find(Stage.ENGINE, name))
                        .toList());
        if (chosen.remove(first)) {
            chosen.add(0, first);
        }
        if (chosen.size() < 2 && reference == null && save == null) {
            throw UadException.config(
                    "there is nothing to compare " + chosen.get(0).id() + " with",
                    "engines compare",
                    "two engines, or a --reference",
                    "Install another engine ('uad plugins install FILE'), or keep a trace with --save and compare with that");
        }
        return chosen;
    }

    private void trace(
            RegisteredComponent engine,
            List<ConfigLayer> layers,
            TracedWork work,
            @Nullable Path right,
            OwnProcess process,
            Path target) {
        var own = new ArrayList<>(layers);
        own.add(ConfigLayer.assignment("engines compare", "engine.plugin", engine.name()));
        var config = environment.reader().read(own).withAbsolutePaths();
        var file = process.folder().resolve("config-" + engine.name() + ".yaml");
        AtomicFile.write(file, config.toYaml().getBytes(StandardCharsets.UTF_8));
        Notes.print(spec, "engine " + engine.name() + " ...");
        var ended = process.run(EngineTraceCommand.arguments(file, work, right, target));
        if (!ended.isGood()) {
            throw new UadException(
                    kind(ended.exitCode()),
                    ended.reason(),
                    engine.id() + " (exit code " + ended.exitCode() + ")",
                    "",
                    "'uad doctor' says what each engine finds here; --engine chooses which are compared");
        }
    }

    private static ErrorKind kind(int exitCode) {
        for (var kind : ErrorKind.values()) {
            if (kind.exitCode() == exitCode) {
                return kind;
            }
        }
        return ErrorKind.RESOURCE; // its JVM crashed or was ended
    }
}
