package io.uad.plugin.engine.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Calls into the library: in the gradient mode they need, with failures turned into what a user can act on. */
final class Native {
    /** What memory is called in messages of PyTorch, CUDA and the JVM. */
    private static final List<String> MEMORY = List.of(
            "out of memory", "can't allocate memory", "cannot allocate memory", "not enough memory", "alloc_failed");

    /** What devices are called there. */
    private static final List<String> DEVICES =
            List.of("cuda error", "cuda driver", "compiled with cuda", "cudnn", "cublas", "device-side");

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

    /** Runs work that records no graph; the thread's gradient mode is afterwards what it was. */
    static <T> T withoutGradient(Supplier<String> doing, Supplier<T> work) {
        return withoutGradient(doing, Native::exhausted, work);
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
     * @throws UadException of kind RESOURCE if memory or the device gave way, else INTERNAL
     */
    static <T> T call(Supplier<String> doing, Supplier<T> work) {
        return call(doing, Native::exhausted, work);
    }

    /** The same for work that knows what would have fitted. */
    static <T> T call(Supplier<String> doing, Exhausted exhausted, Supplier<T> work) {
        try {
            return work.get();
        } catch (OutOfMemoryError e) {
            if (isOfJava(e)) {
                throw e;
            }
            throw failed(doing.get(), exhausted, e);
        } catch (EngineException e) {
            throw failed(doing.get(), exhausted, e);
        }
    }

    /** Whether it is Java's own memory that ran out, of which the runtime knows more. */
    private static boolean isOfJava(OutOfMemoryError failure) {
        return String.valueOf(failure.getMessage()).startsWith("Java heap space");
    }

    private static UadException exhausted(String doing, String reason, Throwable cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                doing + " failed: " + reason,
                "engine/djl",
                "enough memory",
                "Lower training.batch, free memory on the device, or choose another engine.device",
                cause);
    }

    private static UadException failed(String doing, Exhausted exhausted, Throwable cause) {
        var reason = reason(cause);
        var message = reason.toLowerCase(Locale.ROOT);
        if (cause instanceof OutOfMemoryError || MEMORY.stream().anyMatch(message::contains)) {
            return exhausted.error(doing, reason, cause);
        }
        if (DEVICES.stream().anyMatch(message::contains)) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    doing + " failed: " + reason,
                    "engine/djl",
                    "a device that works",
                    "Run 'uad doctor', or choose another engine.device",
                    cause);
        }
        return new UadException(
                ErrorKind.INTERNAL,
                doing + " failed: " + reason,
                "engine/djl",
                "",
                "Report this, with the stack trace that --verbose shows",
                cause);
    }

    /** The first line: below it PyTorch prints its own stack. */
    static String reason(Throwable cause) {
        var message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
