package io.uad.plugin.clustering.smile;

import io.uad.api.Option;

/** {@code clustering: {plugin: g-means, max-clusters: 100}}; above 46,340 rows Smile's integers overflow. */
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
