package io.uad.cli;

import io.uad.runtime.config.ConfigLayer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What changes single values of a configuration. */
class SetFlags {
    @Option(
            names = "--set",
            paramLabel = "STAGE.KEY=VALUE",
            description = "Change one value, such as clustering.k=200; may be repeated, and wins over all else.")
    private List<String> assignments = new ArrayList<>();

    /** The layer of {@code --set}, the highest. */
    ConfigLayer assignments() {
        return ConfigLayer.assignments("--set", assignments);
    }
}
