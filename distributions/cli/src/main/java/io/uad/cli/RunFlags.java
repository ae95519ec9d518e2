package io.uad.cli;

import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.NamedData;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Chooses a run: its images, its configuration, and whether it may replace another one. */
final class RunFlags {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description =
                    "Folder of images, flat or nested (dataset.path), a packed copy of one (.uadpack), or a matrix of features "
                            + "(.npy). Without it the configuration names one.")
    private @Nullable Path folder;

    @Mixin
    private ConfigFlags configFlags = new ConfigFlags();

    @Mixin
    private OriginalFlags flags = new OriginalFlags();

    @Option(names = "--overwrite", description = "Replace the run that the output folder holds.")
    private boolean overwrite;

    boolean overwrites() {
        return overwrite;
    }

    /** What {@code --config} names. */
    Optional<String> config() {
        return configFlags.config();
    }

    /** The folder that {@code --exp} names, or null. */
    @Nullable
    String output() {
        return flags.output();
    }

    boolean isMatrix() {
        return folder != null && folder.toString().endsWith(".npy");
    }

    /** The lowest layer where no checkpoint is gone on from: what {@code --config} names, else a preset. */
    List<ConfigLayer> base(Environment environment) {
        if (config().isEmpty() && isMatrix()) {
            Notes.print(spec, "configuration: no --config and a matrix, so the preset " + PresetSource.FEATURES);
            return List.of(environment.reader().base(Optional.of(PresetSource.FEATURES)));
        }
        if (config().isEmpty()) {
            Notes.print(spec, "configuration: no --config, so the preset " + PresetSource.STANDARD);
        }
        return List.of(environment.reader().base(config()));
    }

    /** Puts the flags on top of the lowest layers and reads all. */
    RunConfig read(Environment environment, List<ConfigLayer> base) {
        var layers = new ArrayList<>(base);
        if (folder != null) {
            layers.addAll(NamedData.layers("DIR", folder, List.copyOf(layers)));
        }
        layers.addAll(flags.layers());
        layers.add(configFlags.assignments());
        environment.registry().warnings().forEach(warning -> Notes.print(spec, "warning: " + warning));
        return environment.reader().read(layers);
    }
}
