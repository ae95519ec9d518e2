package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code fusion: {plugin: sum, low: {...}, high: {...}, width: 256}}, and for {@code product}. */
public record ProjectionOptions(
        @Option(description = "low-level part: which tap, and which of its channels")
        LowOptions low,

        @Option(description = "high-level part") HighOptions high,

        @Option(
                defaultValue = "256",
                min = 1,
                max = 65536,
                description = "columns to which each part is projected at random, and of the result")
        int width) {}
