package io.uad.runtime.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A provider, or a whole plugin, that could not be loaded.
 *
 * @param stage the stage it would have served; null where that is not known
 * @param reason one sentence without a full stop that names it and what went wrong
 */
public record LoadFailure(@Nullable Stage stage, String reason) {
    static LoadFailure ofAnyStage(String reason) {
        return new LoadFailure(null, reason);
    }

    /** Whether it may be what a stage lacks. */
    boolean concerns(Stage other) {
        return stage == null || stage == other;
    }
}
