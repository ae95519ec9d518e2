package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.listener.ListenerProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import org.apache.commons.compress.archivers.zip.ZipFile;

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
        var sources = List.of(
                source(name, "Provider.java", PROVIDER.formatted(name)),
                source(name, "Version.java", LIBRARY.formatted(libraryVersion)));
        return compiled(name, "stranger." + name + ".Provider", sources);
    }

    /** The classes of a plugin whose provider {@code stranger.Provider} has this source, and of others. */
    Path classesOf(String name, String provider, String... others) throws IOException {
        var sources = new ArrayList<>(List.of(source(name, "Provider.java", provider)));
        for (var other : others) {
            sources.add(source(name, "Other" + sources.size() + ".java", other));
        }
        return compiled(name, "stranger.Provider", sources);
    }

    private Path source(String name, String file, String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve(name + "-sources")).resolve(file), text);
    }

    private Path compiled(String name, String provider, List<Path> sources) throws IOException {
        var classes = Files.createDirectories(folder.resolve(name).resolve("target/classes"));
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-cp", classPath()));
        sources.forEach(source -> arguments.add(source.toString()));
        assertEquals(
                0,
                ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(System.out, System.err, arguments.toArray(String[]::new)));
        var service = classes.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, provider + "\n");
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

    /** Flips a bit in the middle of an entry's packed bytes. */
    static void damage(Path zip, String entry) throws IOException {
        var bytes = Files.readAllBytes(zip);
        try (var read = ZipFile.builder().setPath(zip).get()) {
            var found = read.getEntry(entry);
            bytes[Math.toIntExact(found.getDataOffset() + found.getCompressedSize() / 2)] ^= 0x10;
        }
        Files.write(zip, bytes);
    }

    /** The files of this process that are open below a folder; needs {@code /proc}. */
    static List<Path> openFiles(Path folder) throws IOException {
        var open = new ArrayList<Path>();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors.toList()) {
                try {
                    open.add(Files.readSymbolicLink(descriptor));
                } catch (NoSuchFileException e) {
                    // it was that of the list itself
                }
            }
        }
        var real = folder.toRealPath();
        return open.stream().filter(file -> file.startsWith(real)).toList();
    }

    private static String classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(entry -> entry.contains("uad-api"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
