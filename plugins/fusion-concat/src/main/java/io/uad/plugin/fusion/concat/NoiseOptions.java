package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code fusion: {plugin: noise, low: {...}, high: {...}, width: 256, scale: 0.1}}. */
public record NoiseOptions(
        @Option(description = "low-level part: which tap, and which of its channels")
        LowOptions low,

        @Option(description = "high-level part") HighOptions high,

        @Option(
                defaultValue = "256",
                min = 1,
                max = 65536,
                description = "columns to which each part is projected at random, and of the result")
        int width,

        @Option(
                defaultValue = "0.1",
                min = 0,
                max = 100,
                description = "standard deviation of the noise as a multiple of the row's root mean square")
        double scale) {}
