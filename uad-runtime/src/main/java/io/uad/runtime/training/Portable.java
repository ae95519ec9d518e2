package io.uad.runtime.training;

import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The configuration as a checkpoint keeps it: without folders, listeners and worker count, which change no result and would
 * make the checkpoints of equal runs differ.
 */
final class Portable {
    private Portable() {}

    static String yaml(RunConfig config) {
        return new RunConfig(
                        config.seed(),
                        Path.of("exp"),
                        withoutPath(config.dataset()),
                        config.image().withWorkers(OptionalInt.empty()),
                        config.decoder(),
                        config.backbone(),
                        config.engine(),
                        config.fusion(),
                        config.reduction(),
                        config.clustering(),
                        config.uncertainty(),
                        config.sampling(),
                        config.training(),
                        config.checkpoint(),
                        List.of(),
                        List.of())
                .toYaml();
    }

    private static ComponentConfig withoutPath(ComponentConfig dataset) {
        var portable = dataset;
        if (dataset.option("path").orElse(null) instanceof String) {
            portable = portable.with("path", ".");
        }
        if (dataset.option("labels").orElse(null) instanceof String) {
            portable = portable.with("labels", "auto"); // a file; what it holds is in the fingerprint
        }
        return portable;
    }
}
