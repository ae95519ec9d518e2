package io.uad.plugin.engine.libtorch;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code engine: {plugin: libtorch, device: auto, threads: auto, precision: float32, memory-format: channels-last}}. */
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
                        "of products and convolutions; the weights stay float32; auto takes the faster of both, measured at start")
        PrecisionChoice precision,

        @Option(
                defaultValue = "channels-last",
                description =
                        "how activations lie in memory, nchw is channel by channel; auto takes the faster of both, measured at start")
        FormatChoice memoryFormat) {
    /** In float32 with channels last. */
    public LibtorchOptions(String device, OptionalInt threads) {
        this(device, threads, PrecisionChoice.FLOAT32, FormatChoice.CHANNELS_LAST);
    }

    /** What this engine multiplies in. */
    public enum PrecisionChoice {
        /** Single precision. */
        FLOAT32,
        /** The upper half of a float32. */
        BFLOAT16,
        /** Whichever is faster here. */
        AUTO
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
