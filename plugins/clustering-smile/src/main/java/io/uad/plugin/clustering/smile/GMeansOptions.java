package io.uad.plugin.clustering.smile;

import io.uad.api.Option;

/** {@code clustering: {plugin: g-means, max-clusters: 100}}; Smile squares the number of rows, which overflows above 46,340. */
public record GMeansOptions(
        @Option(
                defaultValue = "100",
                min = 2,
                description = "most clusters; a cluster of fewer than 25 images is never split")
        int maxClusters,

        @Option(
                defaultValue = "40000",
                min = 25,
                max = 46340,
                description = "most images; each takes about 100 bytes of memory per column")
        int maxRows) {}
