package io.uad.cli;

import io.uad.runtime.config.ConfigLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What chooses a configuration and changes single values of it. */
final class ConfigFlags {
    @Option(
            names = "--config",
            paramLabel = "FILE|PRESET",
            description =
                    "A YAML file, or the name of a preset such as deepcluster. Without it: the configuration of the "
                            + "run or model that is named, else the preset uad.")
    private @Nullable String config;

    @Option(
            names = "--set",
            paramLabel = "STAGE.KEY=VALUE",
            description = "Change one value, such as clustering.k=200; may be repeated, and wins over all else.")
    private List<String> assignments = new ArrayList<>();

    Optional<String> config() {
        return Optional.ofNullable(config);
    }

    /** The layer of {@code --set}, the highest. */
    ConfigLayer assignments() {
        return ConfigLayer.assignments("--set", assignments);
    }
}
