package io.uad.plugin.clustering.smile;

import io.uad.api.Option;
import java.util.OptionalDouble;

/** {@code clustering: {plugin: dbscan, min-points: 5, radius: auto}}. */
public record DbscanOptions(
        @Option(
                defaultValue = "5",
                min = 2,
                description = "images within the radius, itself included, that make an image the core of a cluster")
        int minPoints,

        @Option(
                defaultValue = "auto",
                min = 0,
                minExclusive = true,
                description =
                        "distance up to which images are neighbours; auto is the knee of the sorted distances to the last of min-points")
        OptionalDouble radius,

        @Option(defaultValue = "50000", min = 2, description = "most images; time grows with their square")
        int maxRows) {}
