package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.listener.ListenerProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** Builds plugins as strangers would: a listener whose description tells what its library said. */
final class PluginBuild {
    static final String SERVICE = "META-INF/services/" + ListenerProvider.class.getName();

    private static final String PROVIDER = """
            package stranger.%1$s;

            public final class Provider implements io.uad.api.listener.ListenerProvider {
                public String name() {
                    return "%1$s";
                }

                public String description() {
                    return "Hears " + library.Version.text();
                }

                public Class<io.uad.api.NoOptions> optionsType() {
                    return io.uad.api.NoOptions.class;
                }

                public io.uad.api.listener.RunListener create(io.uad.api.Options options) {
                    return event -> {};
                }
            }
            """;
    private static final String LIBRARY = """
            package library;

            public final class Version {
                public static String text() {
                    return "%s";
                }
            }
            """;

    private final Path folder;

    /** @param folder for sources and classes */
    PluginBuild(Path folder) {
        this.folder = folder;
    }

    /** The classes of a plugin that brings {@code listener/<name>}, with its library and its service file. */
    Path classes(String name, String libraryVersion) throws IOException {
        var sources = Files.createDirectories(folder.resolve(name + "-sources"));
        var provider = Files.writeString(sources.resolve("Provider.java"), PROVIDER.formatted(name));
        var library = Files.writeString(sources.resolve("Version.java"), LIBRARY.formatted(libraryVersion));
        var classes = Files.createDirectories(folder.resolve(name).resolve("target/classes"));
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-cp", classPath()));
        arguments.addAll(List.of(provider.toString(), library.toString()));
        assertEquals(
                0,
                ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(System.out, System.err, arguments.toArray(String[]::new)));
        var service = classes.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, "stranger." + name + ".Provider\n");
        return classes;
    }

    /** Packs classes into a jar with a manifest. */
    static Path jar(Path classes, Path jar, Map<String, String> manifest) throws IOException {
        var attributes = new Manifest();
        attributes.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> attributes.getMainAttributes().putValue(key, value));
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), attributes);
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static String classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(entry -> entry.contains("uad-api"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
