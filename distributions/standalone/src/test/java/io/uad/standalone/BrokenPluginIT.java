package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A jar that a stranger puts into the folder {@code plugins} and that breaks its promises. */
@DisabledOnOs(OS.WINDOWS) // a user may not make links there
class BrokenPluginIT {
    private static final String SOURCE = """
            package stranger;

            public final class Broken implements io.uad.api.uncertainty.UncertaintyProvider {
                public record Settings(@io.uad.api.Option(defaultValue = "short", description = "how it fails") String way) {}

                public String name() {
                    return "broken";
                }

                public String description() {
                    return "Breaks its promises";
                }

                public Class<Settings> optionsType() {
                    return Settings.class;
                }

                public io.uad.api.uncertainty.Uncertainty create(io.uad.api.Options options) {
                    if (options.as(Settings.class).way().equals("at once")) {
                        throw new IllegalStateException("no licence");
                    }
                    return (features, clustering, context) -> new float[3];
                }
            }
            """;

    @TempDir
    static Path folder;

    private static Path home;
    private static Path images;

    @BeforeAll
    static void install() throws IOException {
        images = Images.write(folder.resolve("images"), 2, 1).resolve("train");
        home = Files.createDirectory(folder.resolve("uad"));
        Files.createDirectory(home.resolve("bin"));
        Files.copy(Distribution.HOME.resolve("bin/uad"), home.resolve("bin/uad"));
        assertTrue(home.resolve("bin/uad").toFile().setExecutable(true));
        for (var name : List.of("lib", "natives", "presets")) {
            Files.createSymbolicLink(home.resolve(name), Distribution.HOME.resolve(name));
        }
        Files.createDirectory(home.resolve("plugins"));
        for (var jar : Distribution.jars("plugins")) {
            Files.createSymbolicLink(home.resolve("plugins").resolve(jar.getFileName()), jar);
        }
        writeJar(home.resolve("plugins/stranger.jar"));
    }

    /** Which JUnit would warn of otherwise, one by one. */
    @AfterAll
    static void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (var link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private static void writeJar(Path jar) throws IOException {
        var source = Files.writeString(folder.resolve("Broken.java"), SOURCE);
        var classes = Files.createDirectory(folder.resolve("classes"));
        var path =
                Distribution.jars("lib").stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", path, "-d", classes.toString(), source.toString());
        assertEquals(0, compiled);
        var services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.uad.api.uncertainty.UncertaintyProvider"), "stranger.Broken\n");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    @Test
    void aResultThatBreaksThePromiseStopsTheRunAndNamesThePlugin() throws IOException {
        var run = folder.resolve("run");
        Uad.runIn(home, Images.train(images, run, "--set", "uncertainty.plugin=broken"))
                .exits(4)
                .says("uncertainty/broken", "3 weights", "20, one per row");
        assertTrue(Files.readString(run.resolve("run.json")).contains("failed: "));
        assertFalse(Files.exists(run.resolve("checkpoint.safetensors")));
    }

    @Test
    void oneThatCannotBeMadeLeavesNothing() {
        var run = folder.resolve("never");
        var arguments =
                Images.train(images, run, "--set", "uncertainty.plugin=broken", "--set", "uncertainty.way=at once");
        Uad.runIn(home, arguments).exits(4).says("uncertainty/broken", "no licence");
        assertFalse(Files.exists(run));
    }
}
