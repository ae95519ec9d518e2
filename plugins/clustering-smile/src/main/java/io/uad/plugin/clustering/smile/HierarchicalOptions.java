package io.uad.plugin.clustering.smile;

import io.uad.api.Option;
import java.util.OptionalInt;

/** {@code clustering: {plugin: hierarchical, k: 10, linkage: ward}}; above 46,340 rows Smile's integers overflow. */
public record HierarchicalOptions(
        @Option(
                defaultValue = "auto",
                min = 2,
                description = "number of clusters, at most the number of images; auto is one for every 50 images")
        OptionalInt k,

        @Option(defaultValue = "ward", description = "which clusters are nearest: ward, average, complete or single")
        LinkageRule linkage,

        @Option(
                defaultValue = "10000",
                min = 2,
                max = 46340,
                description = "most images; memory grows with their square: 200 MB at 10000")
        int maxRows) {}
