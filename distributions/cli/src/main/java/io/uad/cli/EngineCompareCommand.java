package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.cli.quickstart.SyntheticImages;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.engine.TraceComparison;
import io.uad.runtime.engine.TracedWork;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
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
    private static final int ROWS_PER_CLUSTER = 8;
    private static final int ROWS_PER_COMPONENT = 4;
    private static final int CLASSES = 32;
    private static final int DISAGREEMENT = 1;

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Folder of images, or a matrix of features (.npy). Without it images are made.")
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
        try (var folder = WorkFolder.open("engines-compare-")) {
            return compare(folder.path());
        } catch (CancellationException e) {
            Notes.print(spec, "comparison interrupted");
            return Interruption.EXIT_CODE;
        }
    }

    private int compare(Path folder) {
        var layers = layers(folder);
        var config = environment.reader().read(layers);
        var compared = compared(config.engine().component());
        if (data == null) {
            Notes.print(spec, "making " + images + " images");
            var side = Math.max(
                    SMALLEST_PICTURE, Math.min(LARGEST_PICTURE, config.image().size() * 8 / 7));
            SyntheticImages.write(made(folder), side, images, config.seed());
        }
        var size = Math.min(images, config.dataset().create(Dataset.class).size());
        layers.addAll(clamped(config, size));
        var work = new TracedWork(
                size, batch, steps, number(config.clustering(), "k").orElse(CLASSES));

        var report = new EngineReport();
        var right = reference;
        var rightName = reference == null ? "" : reference.toString();
        for (var engine : compared) {
            var target = right == null && save != null ? save : folder.resolve(engine.name());
            var ended = trace(engine, layers, work, right, folder, target);
            if (!ended.isGood()) {
                throw new UadException(
                        kind(ended.exitCode()),
                        ended.reason(),
                        engine.id() + " (exit code " + ended.exitCode() + ")",
                        "",
                        right == null ? "" : "Leave it out with --engine, or run 'uad doctor'");
            }
            report.add(TraceComparison.summary(target));
            if (right == null) {
                right = target;
                rightName = engine.name();
            } else {
                report.add(rightName, engine.name(), new TraceComparison(right, target).differences());
            }
        }
        if (json) {
            Json.print(spec.commandLine().getOut(), report.values());
        } else {
            report.print(spec.commandLine().getOut());
        }
        return report.agrees() ? 0 : DISAGREEMENT;
    }

    /** The configuration of all engines, but for the engine itself and what is clamped. */
    private List<ConfigLayer> layers(Path folder) {
        var layers = new ArrayList<ConfigLayer>();
        layers.add(environment.reader().base(configFlags.config()));
        layers.add(ConfigLayer.assignment("DIR", "dataset.path", (data == null ? made(folder) : data).toString()));
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

    /** As many clusters and components as so few rows allow to be found again. */
    private List<ConfigLayer> clamped(RunConfig config, int rows) {
        var layers = new ArrayList<ConfigLayer>();
        clamp("clustering.k", number(config.clustering(), "k"), rows / ROWS_PER_CLUSTER, layers);
        clamp("reduction.components", number(config.reduction(), "components"), rows / ROWS_PER_COMPONENT, layers);
        return layers;
    }

    private void clamp(String key, Optional<Integer> value, int most, List<ConfigLayer> layers) {
        if (value.isPresent() && value.get() > Math.max(2, most)) {
            Notes.print(spec, key + ": " + Math.max(2, most) + " instead of " + value.get() + ", for so few images");
            layers.add(ConfigLayer.assignment("engines compare", key, Integer.toString(Math.max(2, most))));
        }
    }

    private static Optional<Integer> number(ComponentConfig component, String key) {
        return component.option(key).flatMap(value -> {
            if (value instanceof OptionalInt optional) {
                return optional.isPresent() ? Optional.of(optional.getAsInt()) : Optional.empty();
            }
            return value instanceof Integer number ? Optional.of(number) : Optional.empty();
        });
    }

    private OwnProcess.Ended trace(
            RegisteredComponent engine,
            List<ConfigLayer> layers,
            TracedWork work,
            @Nullable Path right,
            Path folder,
            Path target) {
        var own = new ArrayList<>(layers);
        own.add(ConfigLayer.assignment("engines compare", "engine.plugin", engine.name()));
        var config = environment.reader().read(own).withAbsolutePaths();
        var file = folder.resolve(engine.name() + ".yaml");
        AtomicFile.write(file, config.toYaml().getBytes(StandardCharsets.UTF_8));
        Notes.print(spec, "engine " + engine.name() + " ...");
        var process = new OwnProcess(environment, folder);
        try (var running = environment.interruption().during(process::stop)) {
            return process.run(EngineTraceCommand.arguments(file, work, right, target));
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
