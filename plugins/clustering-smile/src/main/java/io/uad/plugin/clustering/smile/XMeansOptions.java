package io.uad.plugin.clustering.smile;

import io.uad.api.Option;

/** {@code clustering: {plugin: x-means, max-clusters: 100}}. */
public record XMeansOptions(
        @Option(
                defaultValue = "100",
                min = 2,
                description = "most clusters; a cluster of fewer than 25 images is never split")
        int maxClusters,

        @Option(
                defaultValue = "40000",
                min = 25,
                description = "most images; each takes about 100 bytes of memory per column")
        int maxRows) {}
