package io.uad.runtime.config;

import io.uad.api.Option;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The keys that belong to no block. */
record GeneralSettings(
        @Option(defaultValue = "31", description = "start of every random choice")
        long seed,

        @Option(defaultValue = "exp/uad", description = "folder of the run")
        String output) {
    GeneralSettings {
        if (output.isBlank()) {
            throw new IllegalArgumentException("output must name a folder, was blank");
        }
        folder(output);
    }

    /** The folder of the run. */
    Path folder() {
        return folder(output);
    }

    private static Path folder(String output) {
        try {
            return Path.of(output);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("output must be a path, was '" + output + "': " + e.getReason(), e);
        }
    }
}
