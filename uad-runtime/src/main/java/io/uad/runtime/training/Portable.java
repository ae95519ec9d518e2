package io.uad.runtime.training;

import io.uad.runtime.config.ImageSettings;
import io.uad.runtime.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The configuration as a checkpoint keeps it: without the output folder and worker count, which change no result. */
final class Portable {
    private Portable() {}

    static String yaml(RunConfig config) {
        var image = config.image();
        return new RunConfig(
                        config.seed(),
                        Path.of("exp"),
                        config.dataset(),
                        new ImageSettings(
                                image.size(), image.exifOrientation(), OptionalInt.empty(), image.maxBadShare()),
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
}
