package ${package};

import io.uad.api.Option;

/** {@code dataset: {plugin: ${name}, path: images.txt}}. */
public record ${className}Options(
        @Option(
                description = "text file with a line per image: its path, relative to the file, and after a tab its class")
        String path) {}
