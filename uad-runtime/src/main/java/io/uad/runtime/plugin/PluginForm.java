package io.uad.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms in which a plugin comes. */
enum PluginForm {
    /** One jar. */
    JAR,
    /** {@code plugin.properties}, {@code classes/} and {@code lib/}, zipped. */
    ZIP,
    /** The same, unzipped. */
    FOLDER,
    /** The classes of a build, such as {@code target/classes}; dependencies may lie in {@code target/dependency}. */
    CLASSES;

    /** The form of what lies there; empty if it is no plugin. */
    static Optional<PluginForm> of(Path path) {
        if (Files.isDirectory(path)) {
            var parts = Files.isDirectory(path.resolve("classes")) || Files.isDirectory(path.resolve("lib"));
            if (parts && Files.isRegularFile(path.resolve("plugin.properties"))) {
                return Optional.of(FOLDER);
            }
            return Files.isDirectory(path.resolve("META-INF/services")) ? Optional.of(CLASSES) : Optional.empty();
        }
        var name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".jar")) {
            return Optional.of(JAR);
        }
        return name.endsWith(".zip") ? Optional.of(ZIP) : Optional.empty();
    }

    /** What a plugin's class loader reads, in this order. */
    List<Path> classPath(Path plugin) throws IOException {
        return switch (this) {
            case JAR, ZIP -> List.of(plugin);
            case FOLDER ->
                Stream.concat(Stream.of(plugin.resolve("classes")), jars(plugin.resolve("lib")).stream())
                        .toList();
            case CLASSES ->
                Stream.concat(Stream.of(plugin), jars(plugin.resolveSibling("dependency")).stream())
                        .toList();
        };
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
