package io.uad.runtime.config;

import io.uad.api.Option;

/** {@code sampling: {reassign: 1.0}}: how samples are drawn for an epoch. */
public record SamplingSettings(
        @Option(
                defaultValue = "1.0",
                min = 0,
                minExclusive = true,
                description = "images drawn for an epoch, as a multiple of the images that were clustered")
        double reassign) {}
