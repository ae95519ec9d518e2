package io.uad.plugin.clustering.kmeans;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code clustering: {plugin: kmeans, k: 10000, iterations: 20}}. */
public record KMeansOptions(
        @Option(
                defaultValue = "10000",
                min = 1,
                description =
                        "number of clusters, at most the number of images; auto is one for every 50 images, up to 10000")
        OptionalInt k,

        @Option(defaultValue = "20", min = 1, description = "Lloyd iterations, each over all images")
        int iterations) {}
