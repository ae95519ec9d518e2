package io.uad.plugin.engine.common;

import io.uad.api.UadException;

/** Says what a user can do where memory did not suffice. */
@FunctionalInterface
public interface Exhausted {
    /**
     * The error.
     *
     * @param doing what failed, such as "a training step of 256 samples"
     * @param reason what the library says, in one line
     */
    UadException error(String doing, String reason, Throwable cause);
}
