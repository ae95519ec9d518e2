package io.uad.plugin.engine.djl;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code engine: {plugin: djl, device: auto, threads: auto, precision: float32}}. */
public record DjlOptions(
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
                description = "of products and convolutions; DJL's PyTorch trains in float32 only")
        Precision precision) {
    /** In float32. */
    public DjlOptions(String device, OptionalInt threads) {
        this(device, threads, Precision.FLOAT32);
    }

    /** What this engine multiplies in. */
    public enum Precision {
        /** Single precision. */
        FLOAT32
    }
}
