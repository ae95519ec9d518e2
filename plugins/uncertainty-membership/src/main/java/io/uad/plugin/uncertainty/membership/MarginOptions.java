package io.uad.plugin.uncertainty.membership;

import io.uad.api.Option;

/** {@code uncertainty: {plugin: margin, gamma: 0.5}}. */
public record MarginOptions(
        @Option(
                defaultValue = "0.5",
                min = 0,
                max = 100,
                description =
                        "added to every weight, so that the mean loss does not shrink like a smaller learning rate")
        double gamma,

        @Option(defaultValue = "false", description = "scale all weights to a mean of 1")
        boolean normalize) {}
