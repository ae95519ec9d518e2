package io.uad.plugin.fusion.concat;

import io.uad.api.Option;

/** {@code fusion: {plugin: high-only, tap: fc7}}. */
public record HighOnlyOptions(
        @Option(defaultValue = "fc7", description = "tap of the activations that are clustered")
        String tap) {}
