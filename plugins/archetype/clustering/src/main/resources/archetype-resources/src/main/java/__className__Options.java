package ${package};

import io.uad.api.Option;

/** {@code clustering: {plugin: ${name}, k: 10}}. */
public record ${className}Options(
        @Option(defaultValue = "10", min = 1, description = "number of clusters, at most the number of samples")
        int k) {}
