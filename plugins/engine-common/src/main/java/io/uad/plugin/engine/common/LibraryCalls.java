package io.uad.plugin.engine.common;

import java.util.function.Supplier;

/** Calls into an engine's library: in the mode that it needs, with failures turned into what a user can act on. */
@FunctionalInterface
public interface LibraryCalls {
    /**
     * Runs work that records no graph.
     *
     * @param doing what the user is to read, such as "reading weights"
     */
    <T> T run(Supplier<String> doing, Supplier<T> work);
}
