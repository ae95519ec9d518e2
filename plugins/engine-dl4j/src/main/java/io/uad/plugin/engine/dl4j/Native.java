package io.uad.plugin.engine.dl4j;

import io.uad.plugin.engine.common.Exhausted;
import io.uad.plugin.engine.common.LibraryFailures;
import java.util.function.Supplier;

/**
 * Calls into the library: with the class loader that it looks for its parts with, with the thread count of the engine, and
 * with failures turned into what a user can act on.
 */
final class Native {
    /** How errors name this engine. */
    static final String ENGINE = "engine/dl4j";

    private static final LibraryFailures FAILURES = new LibraryFailures(ENGINE);

    private Native() {}

    /**
     * Runs work.
     *
     * @param threads of an operation
     * @param doing what the user is to read, such as "a training step of 256 samples"
     * @throws io.uad.api.UadException of kind RESOURCE if memory gave way, else INTERNAL
     */
    static <T> T call(int threads, Supplier<String> doing, Supplier<T> work) {
        return call(threads, doing, FAILURES::exhausted, work);
    }

    /** The same for work that knows what would have fitted. */
    static <T> T call(int threads, Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(Native.class.getClassLoader());
        try {
            Library.useThreads(threads);
            return work.get();
        } catch (OutOfMemoryError e) {
            if (LibraryFailures.isOfJava(e)) {
                throw e;
            }
            throw FAILURES.of(doing.get(), exhausted, e);
        } catch (RuntimeException e) {
            throw isLibrarys(e) ? FAILURES.of(doing.get(), exhausted, e) : e;
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** The library throws exceptions of its own, plain ones, and the standard ones of which only the place tells. */
    private static boolean isLibrarys(RuntimeException failure) {
        var trace = failure.getStackTrace();
        return failure.getClass() == RuntimeException.class
                || isLibrarys(failure.getClass().getName())
                || (trace.length > 0 && isLibrarys(trace[0].getClassName()));
    }

    private static boolean isLibrarys(String className) {
        return className.startsWith("org.nd4j.") || className.startsWith("org.bytedeco.");
    }
}
