package io.uad.plugin.engine.common;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.List;
import java.util.Locale;

/**
 * What the failures of a library mean to a user.
 *
 * @param where the engine, such as {@code engine/djl}
 */
public record LibraryFailures(String where) {
    /** What memory is called in messages of PyTorch, ND4J, JavaCPP, CUDA and the JVM. */
    private static final List<String> MEMORY = List.of(
            "out of memory",
            "outofmemory",
            "bad_alloc",
            "failed to allocate",
            "allocation failed",
            "cannot allocate",
            "can't allocate",
            "not enough memory",
            "physical memory",
            "alloc_failed");

    private static final List<String> OF_JAVA =
            List.of("Java heap space", "GC overhead limit exceeded", "Requested array size exceeds VM limit");

    /** What devices are called there. */
    private static final List<String> DEVICES = List.of(
            "cuda error", "cuda driver", "nvidia driver", "compiled with cuda", "cudnn", "cublas", "device-side");

    /** Whether it is Java's own memory that ran out, of which the runtime knows more. */
    public static boolean isOfJava(OutOfMemoryError failure) {
        var message = String.valueOf(failure.getMessage());
        return OF_JAVA.stream().anyMatch(message::startsWith);
    }

    /**
     * The error to throw.
     *
     * @param doing what failed
     * @param exhausted makes it where memory gave way; kind RESOURCE, as where the device did, else INTERNAL
     */
    public UadException of(String doing, Exhausted exhausted, Throwable failure) {
        var reason = reason(failure);
        var message = reason.toLowerCase(Locale.ROOT);
        if (failure instanceof OutOfMemoryError || MEMORY.stream().anyMatch(message::contains)) {
            return exhausted.error(doing, reason, failure);
        }
        if (DEVICES.stream().anyMatch(message::contains)) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    doing + " failed: " + reason,
                    where,
                    "a device that works",
                    "Run 'uad doctor', or choose another engine.device",
                    failure);
        }
        return new UadException(
                ErrorKind.INTERNAL,
                doing + " failed: " + reason,
                where,
                "",
                "Report this, with the stack trace that --verbose shows",
                failure);
    }

    /** The error of work whose memory nobody can foretell. */
    public UadException exhausted(String doing, String reason, Throwable cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                doing + " failed: " + reason,
                where,
                "enough memory",
                "Lower training.batch, free memory on the device, or choose another engine.device",
                cause);
    }

    /** The first line of the innermost failure: below it libraries print their own stack. */
    public static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
