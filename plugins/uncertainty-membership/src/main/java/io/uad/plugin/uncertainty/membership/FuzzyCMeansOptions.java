package io.uad.plugin.uncertainty.membership;

import io.uad.api.Option;

/** {@code uncertainty: {plugin: fuzzy-c-means, gamma: 0.5}}. */
public record FuzzyCMeansOptions(
        @Option(
                defaultValue = "2.0",
                min = 1,
                minExclusive = true,
                max = 100,
                description = "fuzziness m: towards 1 memberships grow hard, above they even out")
        double exponent,

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
