package io.uad.plugin.engine.libtorch;

import io.uad.plugin.engine.common.Exhausted;
import io.uad.plugin.engine.common.LibraryFailures;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * Calls into the library: in a scope that frees what they leave, in the gradient mode they need, with failures turned into
 * what a user can act on.
 */
final class Native {
    /** How errors name this engine. */
    static final String ENGINE = "engine/libtorch";

    private static final LibraryFailures FAILURES = new LibraryFailures(ENGINE);

    private Native() {}

    /** Runs work that records no graph; the thread's gradient mode is afterwards what it was. */
    static <T> T withoutGradient(Supplier<String> doing, Supplier<T> work) {
        return withoutGradient(doing, FAILURES::exhausted, work);
    }

    /** The same for work that knows what would have fitted. */
    static <T> T withoutGradient(Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        return run(false, doing, exhausted, work);
    }

    /** Runs work that records a graph. */
    static <T> T withGradient(Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        return run(true, doing, exhausted, work);
    }

    /**
     * Runs work. What it makes is freed afterwards unless it was retained.
     *
     * @param doing what the user is to read, such as "a training step of 256 samples"
     * @throws io.uad.api.UadException of kind RESOURCE if memory or the device gave way, else INTERNAL
     */
    private static <T> T run(boolean gradient, Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        try (var scope = new PointerScope();
                var mode = new AutoGradMode(gradient)) {
            return work.get();
        } catch (OutOfMemoryError e) {
            if (LibraryFailures.isOfJava(e)) {
                throw e;
            }
            throw FAILURES.of(doing.get(), exhausted, e);
        } catch (RuntimeException e) {
            throw isLibrarys(e) ? FAILURES.of(doing.get(), exhausted, e) : e;
        }
    }

    /** The library throws plain exceptions, of which the place tells. */
    private static boolean isLibrarys(RuntimeException failure) {
        var trace = failure.getStackTrace();
        return failure.getClass() == RuntimeException.class
                && trace.length > 0
                && trace[0].getClassName().startsWith("org.bytedeco.");
    }
}
