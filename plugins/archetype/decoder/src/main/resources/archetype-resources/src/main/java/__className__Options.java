package ${package};

import io.uad.api.Option;

/** {@code decoder: {plugin: ${name}, reducing-gap: 2.0}}. */
public record ${className}Options(
        @Option(
                defaultValue = "2.0",
                min = 1,
                max = 16,
                description = "how many times larger than the network needs it an image stays at least")
        double reducingGap) {}
