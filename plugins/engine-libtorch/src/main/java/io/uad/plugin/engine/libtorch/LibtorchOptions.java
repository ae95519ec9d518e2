package io.uad.plugin.engine.libtorch;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code engine: {plugin: libtorch, device: auto, threads: auto, precision: float32, memory-format: channels-last, views: auto}}. */
public record LibtorchOptions(
        @Option(defaultValue = "auto", description = "auto (a GPU if there is one), cpu, gpu, or gpu:N")
        String device,

        @Option(
                defaultValue = "auto",
                min = 1,
                max = 1024,
                description =
                        "threads of a CPU operation, auto is one per core; process-wide, and results differ in the last bits between thread counts")
        OptionalInt threads,

        @Option(
                defaultValue = "float32",
                description =
                        "of products and convolutions, tf32 on GPUs only; the weights stay float32; auto takes the fastest, measured at start")
        PrecisionChoice precision,

        @Option(
                defaultValue = "channels-last",
                description =
                        "how activations lie in memory, nchw is channel by channel; auto takes the faster of both, measured at start")
        FormatChoice memoryFormat,

        @Option(
                defaultValue = "auto",
                description =
                        "where images are cropped, resized, mirrored and normalised, to the same bytes: host, device, or auto, which is the device if it is a GPU")
        ViewsChoice views) {
    /** In float32 with channels last. */
    public LibtorchOptions(String device, OptionalInt threads) {
        this(device, threads, PrecisionChoice.FLOAT32, FormatChoice.CHANNELS_LAST);
    }

    /** With the views where they are taken soonest. */
    public LibtorchOptions(String device, OptionalInt threads, PrecisionChoice precision, FormatChoice memoryFormat) {
        this(device, threads, precision, memoryFormat, ViewsChoice.AUTO);
    }

    /** What this engine multiplies in. */
    public enum PrecisionChoice {
        /** Single precision. */
        FLOAT32,
        /** A float32 of which products leave out the lower 13 bits. */
        TF32,
        /** The upper half of a float32. */
        BFLOAT16,
        /** Whichever is faster here. */
        AUTO
    }

    /** Where views of images are taken. */
    public enum ViewsChoice {
        /** On the device if it is a GPU. */
        AUTO,
        /** By the threads that decode. */
        HOST,
        /** By the engine. */
        DEVICE
    }

    /** The order of the axes in memory. */
    public enum FormatChoice {
        /** Channel by channel. */
        NCHW,
        /** Pixel by pixel. */
        CHANNELS_LAST,
        /** Whichever is faster here. */
        AUTO
    }
}
