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
    /** What memory and devices are called in messages of PyTorch, CUDA and the JVM. */
    private static final List<String> RESOURCES = List.of(
            "out of memory",
            "can't allocate memory",
            "cannot allocate memory",
            "not enough memory",
            "alloc_failed",
            "cuda error",
            "cuda driver",
            "compiled with cuda",
            "cudnn",
            "cublas",
            "device-side");

    private Native() {}

    /** Runs work that records no graph; the thread's gradient mode is afterwards what it was. */
    static <T> T withoutGradient(Supplier<String> doing, Supplier<T> work) {
        return call(doing, () -> {
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
        try {
            return work.get();
        } catch (EngineException | OutOfMemoryError e) {
            throw failed(doing.get(), e);
        }
    }

    private static UadException failed(String doing, Throwable cause) {
        var reason = reason(cause);
        var message = reason.toLowerCase(Locale.ROOT);
        if (cause instanceof OutOfMemoryError || RESOURCES.stream().anyMatch(message::contains)) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    doing + " failed: " + reason,
                    "engine/djl",
                    "enough memory, and a device that works",
                    "Lower training.batch, free memory on the device, or choose another engine.device",
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
