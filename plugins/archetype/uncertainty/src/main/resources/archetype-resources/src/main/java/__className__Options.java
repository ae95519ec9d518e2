package ${package};

import io.uad.api.Option;

/** {@code uncertainty: {plugin: ${name}, width: 1.0}}. */
public record ${className}Options(
        @Option(
                defaultValue = "1.0",
                min = 0.01,
                max = 100,
                description = "how far a sample may lie from its centroid, in units of its cluster's mean distance")
        double width) {}
