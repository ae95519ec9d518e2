package io.uad.plugin.uncertainty.distance;

import io.uad.api.Option;

/** {@code uncertainty: {plugin: min-max, gamma: 0.5}}. */
public record MinMaxOptions(
        @Option(
                defaultValue = "0.5",
                min = 0,
                max = 100,
                description =
                        "added to every weight, so that the mean loss does not shrink like a smaller learning rate")
        double gamma,

        @Option(
                defaultValue = "1.0",
                min = 0,
                minExclusive = true,
                max = 100,
                description = "power of the squared distance: 1 is the original, 0.5 the plain distance")
        double power,

        @Option(defaultValue = "false", description = "scale all weights to a mean of 1")
        boolean normalize) {}
