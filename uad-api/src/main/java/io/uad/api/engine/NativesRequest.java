package io.uad.api.engine;

import io.uad.api.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which native libraries an engine should compute with from now on.
 *
 * @param flavor {@code cpu} for those that the engine comes with, else what the engine calls a set, such as {@code cu128}
 * @param source the folder where the user has them; empty if the engine may fetch them
 * @param progress in bytes; the total is unknown while they are fetched
 * @param notice takes one sentence that the user should read
 * @since 0.1
 */
public record NativesRequest(String flavor, Optional<Path> source, Progress progress, Consumer<String> notice) {
    /** Goes back to what the engine comes with. */
    public static final String BUNDLED = "cpu";

    /** Checks the flavor. */
    public NativesRequest {
        if (flavor.isBlank()) {
            throw new IllegalArgumentException("flavor must not be blank");
        }
    }
}
