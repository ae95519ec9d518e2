package io.uad.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What chooses a configuration and changes single values of it. */
final class ConfigFlags extends SetFlags {
    @Option(
            names = "--config",
            paramLabel = "FILE|PRESET",
            description =
                    "A YAML file, or the name of a preset such as deepcluster. Without it: the configuration of the "
                            + "run or model that is named, else the preset uad.")
    private @Nullable String config;

    Optional<String> config() {
        return Optional.ofNullable(config);
    }
}
