package io.uad.plugin.clustering.smile;

import io.uad.api.Option;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** {@code clustering: {plugin: spectral, k: 10, sigma: auto}}; more than 46,340 rows squared fit into no array. */
public record SpectralOptions(
        @Option(
                defaultValue = "auto",
                min = 2,
                description = "number of clusters, at most the number of images; auto is one for every 50 images")
        OptionalInt k,

        @Option(
                defaultValue = "auto",
                min = 0,
                minExclusive = true,
                description =
                        "width of the similarity exp(-d^2 / (2 sigma^2)); auto is the median distance between two images")
        OptionalDouble sigma,

        @Option(
                defaultValue = "4000",
                min = 2,
                max = 46340,
                description =
                        "most images; memory grows with their square (130 MB at 4000), time with their cube (a minute at 4000)")
        int maxRows) {}
