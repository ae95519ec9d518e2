package io.uad.cli;

import io.uad.api.UadException;
import io.uad.runtime.config.RunConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command that trains nothing reads images. */
final class ReadingFlags {
    @Option(
            names = {"--batch", "--batch_size"},
            paramLabel = "N",
            description = "Images at once. Default: as many as in the run's training.")
    private @Nullable Integer batch;

    /** Images at once. */
    int batch(RunConfig config) {
        if (batch == null) {
            return config.training().batch();
        }
        if (batch < 1) {
            throw UadException.config("found " + batch, "--batch", "1 or more", "Correct it");
        }
        return batch;
    }
}
