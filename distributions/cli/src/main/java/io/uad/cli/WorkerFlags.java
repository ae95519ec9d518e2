package io.uad.cli;

import io.uad.runtime.config.ConfigLayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that uses a model changes in the model's own configuration. */
final class WorkerFlags {
    @Option(names = "--workers", paramLabel = "N", description = "Threads that read images. Default: one per core.")
    private @Nullable Integer workers;

    /**
     * The layers above the model's configuration.
     *
     * @param listeners YAML, such as {@code [console]}
     * @param assignments of {@code --set}
     */
    List<ConfigLayer> overrides(String listeners, ConfigLayer assignments) {
        var overrides = new ArrayList<ConfigLayer>();
        overrides.add(ConfigLayer.assignments("the command", List.of("listener=" + listeners)));
        if (workers != null) {
            overrides.add(OriginalFlags.workers(workers));
        }
        overrides.add(assignments);
        return overrides;
    }
}
