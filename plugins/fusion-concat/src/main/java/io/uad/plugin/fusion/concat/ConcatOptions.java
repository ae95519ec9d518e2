package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code fusion: {plugin: concat, low: {tap: pool1, channels: 8}, high: {tap: fc7}}}. */
public record ConcatOptions(
        @Option(description = "low-level part: which tap, and which of its channels")
        LowOptions low,

        @Option(description = "high-level part") HighOptions high) {}
