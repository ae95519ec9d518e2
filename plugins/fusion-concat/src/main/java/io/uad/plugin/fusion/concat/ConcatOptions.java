package io.uad.plugin.fusion.concat;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code fusion: {plugin: concat, low: {tap: pool1, channels: 8}, high: {tap: fc7}}}. */
public record ConcatOptions(
        @Option(description = "low-level part: which tap, and how many of its channels")
        Low low,

        @Option(description = "high-level part") High high) {

    /** {@code low: {tap: pool1, channels: 8}}. */
    public record Low(
            @Option(defaultValue = "pool1", description = "tap of the low-level activations")
            String tap,

            @Option(
                    defaultValue = "8",
                    min = 1,
                    description =
                            "channels drawn at random once per run, auto takes all; the program takes 8, the paper 16")
            OptionalInt channels) {}

    /** {@code high: {tap: fc7}}. */
    public record High(
            @Option(defaultValue = "fc7", description = "tap of the high-level activations")
            String tap) {}
}
