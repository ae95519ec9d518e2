package ${package};

import io.uad.api.Option;

/** {@code backbone: {plugin: ${name}, blocks: 3, channels: 16}}. */
public record ${className}Options(
        @Option(
                defaultValue = "3",
                min = 1,
                max = 8,
                description = "blocks of a convolution each; every block halves the sides of the maps")
        int blocks,

        @Option(
                defaultValue = "16",
                min = 1,
                max = 1024,
                description = "channels of the first block; each further block has twice as many as the one before")
        int channels,

        @Option(defaultValue = "64", min = 1, max = 65536, description = "features that the head sees")
        int features) {}
