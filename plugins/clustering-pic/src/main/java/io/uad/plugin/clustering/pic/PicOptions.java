package io.uad.plugin.clustering.pic;

import io.uad.api.Option;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** {@code clustering: {plugin: pic, neighbours: 5, sigma: auto}}. */
public record PicOptions(
        @Option(
                defaultValue = "5",
                min = 1,
                description = "nearest neighbours of each image, below the number of images")
        int neighbours,

        @Option(
                defaultValue = "auto",
                min = 0,
                minExclusive = true,
                description =
                        "width of the weight exp(-d^2 / sigma^2); auto: sigma^2 is the median squared distance to the last of the neighbours; 0.2 is the original, often too narrow")
        OptionalDouble sigma,

        @Option(
                defaultValue = "0.001",
                min = 0,
                minExclusive = true,
                max = 0.999,
                description = "share of the graph in each step of the power iteration")
        double alpha,

        @Option(defaultValue = "200", min = 1, description = "steps of the power iteration")
        int iterations,

        @Option(
                defaultValue = "auto",
                min = 1,
                description =
                        "most clusters that are kept, the largest ones; each other joins the one with the nearest centroid; auto keeps all")
        OptionalInt maxClusters) {}
