package ${package};

import io.uad.api.Option;

/** {@code uncertainty: {plugin: ${name}, width: 1.0}}. */
public record ${className}Options(
        @Option(
                defaultValue = "1.0",
                min = 0.01,
                max = 100,
                description = "the Gaussian's deviation, in units of the root mean square distance in the cluster")
        double width) {}
