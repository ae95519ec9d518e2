package io.uad.plugin.uncertainty.distance;

import io.uad.api.Option;

/** {@code uncertainty: {plugin: rank, gamma: 0.5}}. */
public record RankOptions(
        @Option(
                defaultValue = "0.5",
                min = 0,
                max = 100,
                description = "added to every weight; with 0.5 the mean of each cluster is 1")
        double gamma,

        @Option(defaultValue = "false", description = "scale all weights to a mean of 1")
        boolean normalize) {}
