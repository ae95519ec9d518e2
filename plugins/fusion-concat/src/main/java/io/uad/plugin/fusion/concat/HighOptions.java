package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code high: {tap: auto}}. */
public record HighOptions(
        @Option(
                defaultValue = Taps.AUTO,
                description = "tap of the high-level activations; auto takes the one nearest to the head, such as fc7")
        String tap) {}
