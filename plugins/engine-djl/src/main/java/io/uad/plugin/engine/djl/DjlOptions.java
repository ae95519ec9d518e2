package io.uad.plugin.engine.djl;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code engine: {plugin: djl, device: auto, threads: auto}}. */
public record DjlOptions(
        @Option(defaultValue = "auto", description = "auto (a GPU if there is one), cpu, gpu, or gpu:N")
        String device,

        @Option(
                defaultValue = "auto",
                min = 1,
                max = 1024,
                description =
                        "threads of a CPU operation, auto is one per core; process-wide, and results differ in the last bits between thread counts")
        OptionalInt threads) {}
