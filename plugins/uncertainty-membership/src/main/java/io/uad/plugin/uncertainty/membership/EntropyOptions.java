package io.uad.plugin.uncertainty.membership;

import io.uad.api.Option;

/** {@code uncertainty: {plugin: entropy, gamma: 0.5}}. */
public record EntropyOptions(
        @Option(
                defaultValue = "0.1",
                min = 0,
                minExclusive = true,
                max = 1000000,
                description =
                        "of softmax(-d^2 / temperature), in units of the mean squared distance to the own centroid: small is hard")
        double temperature,

        @Option(
                defaultValue = "10",
                min = 2,
                description = "nearest centroids that are looked at; with fewer clusters all of them")
        int neighbours,

        @Option(
                defaultValue = "0.5",
                min = 0,
                max = 100,
                description =
                        "added to every weight, so that the mean loss does not shrink like a smaller learning rate")
        double gamma,

        @Option(defaultValue = "false", description = "scale all weights to a mean of 1")
        boolean normalize) {}
