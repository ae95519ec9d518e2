package io.uad.plugin.engine.dl4j;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code engine: {plugin: dl4j, device: auto, threads: auto, precision: float32}}. */
public record Dl4jOptions(
        @Option(defaultValue = "auto", description = "auto or cpu; this build has no natives for a gpu")
        String device,

        @Option(
                defaultValue = "auto",
                min = 1,
                max = 1024,
                description =
                        "threads of an operation, auto is one per core; process-wide, and results differ in the last bits between thread counts")
        OptionalInt threads,

        @Option(defaultValue = "float32", description = "of products and convolutions; there is no other here")
        Precision precision) {
    /** In float32. */
    public Dl4jOptions(String device, OptionalInt threads) {
        this(device, threads, Precision.FLOAT32);
    }

    /** What this engine multiplies in. */
    public enum Precision {
        /** Single precision. */
        FLOAT32
    }
}
