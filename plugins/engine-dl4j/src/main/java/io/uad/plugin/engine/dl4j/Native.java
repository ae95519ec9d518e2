package io.uad.plugin.engine.dl4j;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Calls into the library: with the class loader that it looks for its parts with, with the thread count of the engine, and
 * with failures turned into what a user can act on.
 */
final class Native {
    /** What memory is called in messages of ND4J, JavaCPP and the JVM. */
    private static final List<String> RESOURCES = List.of(
            "out of memory",
            "outofmemory",
            "bad_alloc",
            "failed to allocate",
            "allocation failed",
            "cannot allocate",
            "can't allocate",
            "not enough memory",
            "physical memory");

    /** Says what a user can do where memory did not suffice. */
    @FunctionalInterface
    interface Exhausted {
        /**
         * The error.
         *
         * @param doing what failed
         * @param reason what the library says, in one line
         */
        UadException error(String doing, String reason, Throwable cause);
    }

    private Native() {}

    /**
     * Runs work.
     *
     * @param threads of an operation
     * @param doing what the user is to read, such as "a training step of 256 samples"
     * @throws UadException of kind RESOURCE if memory gave way, else INTERNAL
     */
    static <T> T call(int threads, Supplier<String> doing, Supplier<T> work) {
        return call(threads, doing, Native::exhausted, work);
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
            if (isOfJava(e)) {
                throw e;
            }
            throw failed(doing.get(), exhausted, e);
        } catch (RuntimeException e) {
            throw isLibrarys(e) ? failed(doing.get(), exhausted, e) : e;
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

    /** Whether it is Java's own memory that ran out, of which the runtime knows more. */
    private static boolean isOfJava(OutOfMemoryError failure) {
        return String.valueOf(failure.getMessage()).startsWith("Java heap space");
    }

    private static UadException exhausted(String doing, String reason, Throwable cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                doing + " failed: " + reason,
                "engine/dl4j",
                "enough memory",
                "Lower training.batch, or free memory",
                cause);
    }

    private static UadException failed(String doing, Exhausted exhausted, Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        var reason = reason(cause);
        var message = reason.toLowerCase(Locale.ROOT);
        if (cause instanceof OutOfMemoryError || RESOURCES.stream().anyMatch(message::contains)) {
            return exhausted.error(doing, reason, failure);
        }
        return new UadException(
                ErrorKind.INTERNAL,
                doing + " failed: " + reason,
                "engine/dl4j",
                "",
                "Report this, with the stack trace that --verbose shows",
                failure);
    }

    /** The first line: below it the library may print more. */
    static String reason(Throwable cause) {
        var message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
