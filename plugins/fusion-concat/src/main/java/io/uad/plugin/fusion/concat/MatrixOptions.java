package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code fusion: {plugin: matrix, low: {...}, high: {...}, width: 64}}. */
public record MatrixOptions(
        @Option(description = "low-level part: which tap, and which of its channels")
        LowOptions low,

        @Option(description = "high-level part") HighOptions high,

        @Option(
                defaultValue = "64",
                min = 1,
                max = 256,
                description = "columns to which each part is projected at random; the result has as many squared")
        int width) {}
