package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code fusion: {plugin: high-only, tap: fc7}}. */
public record HighOnlyOptions(
        @Option(
                defaultValue = Taps.AUTO,
                description =
                        "tap of the activations that are clustered; auto takes the one nearest to the head, such as fc7")
        String tap) {}
