package io.uad.plugin.engine.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.plugin.engine.common.Exhausted;
import io.uad.plugin.engine.common.LibraryFailures;
import java.util.function.Supplier;

/** Calls into the library: in the gradient mode they need, with failures turned into what a user can act on. */
final class Native {
    /** How errors name this engine. */
    static final String ENGINE = "engine/djl";

    private static final LibraryFailures FAILURES = new LibraryFailures(ENGINE);

    private Native() {}

    /** Runs work that records no graph; the thread's gradient mode is afterwards what it was. */
    static <T> T withoutGradient(Supplier<String> doing, Supplier<T> work) {
        return withoutGradient(doing, FAILURES::exhausted, work);
    }

    /** The same for work that knows what would have fitted. */
    static <T> T withoutGradient(Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        return call(doing, exhausted, () -> {
            var before = JniUtils.isGradMode();
            JniUtils.setGradMode(false);
            try {
                return work.get();
            } finally {
                JniUtils.setGradMode(before);
            }
        });
    }

    /**
     * Runs work in the thread's gradient mode.
     *
     * @param doing what the user is to read, such as "a training step of 256 samples"
     * @throws io.uad.api.UadException of kind RESOURCE if memory or the device gave way, else INTERNAL
     */
    static <T> T call(Supplier<String> doing, Supplier<T> work) {
        return call(doing, FAILURES::exhausted, work);
    }

    /** The same for work that knows what would have fitted. */
    static <T> T call(Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        try {
            return work.get();
        } catch (OutOfMemoryError e) {
            if (LibraryFailures.isOfJava(e)) {
                throw e;
            }
            throw FAILURES.of(doing.get(), exhausted, e);
        } catch (EngineException e) {
            throw FAILURES.of(doing.get(), exhausted, e);
        }
    }
}
