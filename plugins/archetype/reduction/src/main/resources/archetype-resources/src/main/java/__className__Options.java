package ${package};

import io.uad.api.Option;

/** {@code reduction: {plugin: ${name}, components: 64}}. */
public record ${className}Options(
        @Option(defaultValue = "64", min = 1, max = 65536, description = "columns after the projection")
        int components) {}
