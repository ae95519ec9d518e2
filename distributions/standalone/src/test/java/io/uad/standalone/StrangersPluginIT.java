package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins of strangers: those that keep their promises and those that break them. */
@DisabledOnOs(OS.WINDOWS) // a user may not make links there
class StrangersPluginIT {
    private static final String SOURCE = """
            package stranger;

            public final class Broken implements io.uad.api.uncertainty.UncertaintyProvider {
                public record Settings(@io.uad.api.Option(defaultValue = "short", description = "how it fails") String way) {}

                public String name() {
                    return "%s";
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
                    var way = options.as(Settings.class).way();
                    return (features, clustering, context) -> {
                        calls++;
                        if (calls > 1 && Broken.class.getResource("/repaired") == null) {
                            fail(way);
                        }
                        return filled(new %s);
                    };
                }

                private static int calls;

                private static int fail(String way) {
                    switch (way) {
                        case "deep":
                            return fail(way) + 1;
                        case "newer":
                            throw new NoSuchMethodError("io.uad.api.Seed.newer()");
                        case "state":
                            throw new IllegalStateException("no licence any more");
                        default:
                            return 0;
                    }
                }

                private static float[] filled(float[] weights) {
                    java.util.Arrays.fill(weights, 1);
                    return weights;
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
        try (Stream<Path> plugins = Files.list(Distribution.HOME.resolve("plugins"))) {
            for (var plugin : plugins.toList()) {
                Files.createSymbolicLink(home.resolve("plugins").resolve(plugin.getFileName()), plugin);
            }
        }
        writeJar(home.resolve("plugins/stranger.jar"), "broken", "float[3]");
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

    private static void writeJar(Path jar, String name, String result) throws IOException {
        var classes = writeClasses(name, result);
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** The classes of a formula of that name, and its service file. */
    private static Path writeClasses(String name, String result) throws IOException {
        var own = Files.createDirectory(folder.resolve("build-" + name));
        var source = Files.writeString(own.resolve("Broken.java"), SOURCE.formatted(name, result));
        var classes = Files.createDirectory(own.resolve("classes"));
        var path =
                Distribution.jars("lib").stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", path, "-d", classes.toString(), source.toString());
        assertEquals(0, compiled);
        var services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.uad.api.uncertainty.UncertaintyProvider"), "stranger.Broken\n");
        return classes;
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
        Uad.runIn(home, arguments)
                .exits(4)
                .says("uncertainty/broken", "no licence", "stranger.Broken.create(Broken.java:");
        assertFalse(Files.exists(run));
    }

    @ParameterizedTest
    @CsvSource({"deep, StackOverflowError", "newer, io.uad.api.Seed.newer()", "state, no licence any more"})
    void oneThatFailsInTheSecondEpochKeepsTheCheckpointOfTheFirstAndGoesOnWhenItIsRepaired(String way, String reason)
            throws IOException {
        var name = "late-" + way;
        var jar = folder.resolve(name + ".jar");
        writeJar(jar, name, "float[clustering.labels().length]");
        var run = folder.resolve("run-" + name);
        var chosen = List.of("uncertainty.plugin=" + name, "uncertainty.way=" + way);
        Uad.run(Images.train(images, run, "--set", chosen.get(0), "--set", chosen.get(1), "--plugins", jar))
                .exits(4)
                .says("uncertainty/" + name, jar.toString(), reason);
        assertTrue(Files.exists(run.resolve("checkpoint.safetensors")));
        assertTrue(Files.readString(run.resolve("run.json")).contains("failed: "));

        try (var opened = FileSystems.newFileSystem(jar)) {
            Files.createFile(opened.getPath("/repaired"));
        }
        Uad.run("train", "--exp", run, "--resume", "--plugins", jar)
                .exits(0)
                .says("going on from the checkpoint at epoch 0");
        assertTrue(Files.readString(run.resolve("run.json")).contains("\"finished\""));
    }

    @Test
    void damagedFilesAreNamedByEveryCommand() throws IOException {
        var whole = folder.resolve("whole.jar");
        writeJar(whole, "damaged", "float[clustering.labels().length]");
        var bytes = Files.readAllBytes(whole);
        var entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("stranger/Broken.class");
        var flipped = bytes.clone();
        flipped[entry + 200] ^= 0x10; // within its packed code
        var own = folder.resolve("of-nobody");
        for (var content : List.of(
                flipped,
                Arrays.copyOf(bytes, bytes.length / 2),
                new byte[0],
                "text".getBytes(StandardCharsets.UTF_8))) {
            var jar = Files.write(folder.resolve("damaged.jar"), content);
            Uad.runWith("UAD_HOME=" + own, "plugins", "install", jar, "--yes")
                    .exits(4)
                    .says(jar.toString());
            assertFalse(Files.exists(own));
            Uad.run("plugins", "verify", jar).exits(4).says(jar.toString());
            Uad.run("plugins", "list", "--plugins", jar).exits(0).says("warning", jar.toString(), "clustering/kmeans");
            Uad.run("plugins", "describe", "kmeans", "--plugins", jar).exits(0).says("warning", jar.toString());
        }
        var run = folder.resolve("damaged");
        var damaged = folder.resolve("damaged.jar").toString();
        Uad.run(Images.train(images, run, "--set", "uncertainty.plugin=damaged", "--plugins", damaged))
                .exits(4)
                .says(damaged);
        assertFalse(Files.exists(run));
    }

    @Test
    void aPluginIsInstalledUsedAndRemovedInTheUsersFolder() throws IOException {
        var own = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("own")));
        var jar = folder.resolve("other.jar");
        writeJar(jar, "other", "float[clustering.labels().length]");
        var environment = "UAD_HOME=" + own;

        Uad.runWith(environment, "plugins", "install", jar).exits(2).says("--sha512", "--yes");
        Uad.runWith(environment, "plugins", "install", jar, "--sha512", "00")
                .exits(4)
                .says("SHA-512");
        Uad.runWith(environment, "plugins", "install", jar, "--yes").exits(0).says("uncertainty/other");
        Uad.runWith(environment, "plugins", "install", jar, "--yes").exits(0); // the same again replaces it
        Uad.runWith(environment, "plugins", "list", "--json").exits(0).says("\"other\"", "own/plugins/other.jar");
        var arguments = Images.train(images, folder.resolve("with-other"), "--set", "uncertainty.plugin=other");
        Uad.runWith(environment, arguments).exits(0);
        Uad.runWith(environment, "plugins", "remove", "other").exits(0);
        Uad.runWith(environment, "plugins", "describe", "other").exits(2);
    }

    @Test
    void aNameThatWeBringTooIsRefusedWhereItIsUsedAndWarnedOfElsewhere() throws IOException {
        var jar = folder.resolve("impostor.jar");
        writeJar(jar, "min-max", "float[clustering.labels().length]");

        Uad.run("plugins", "list", "--plugins", jar)
                .exits(0)
                .says("uncertainty/min-max", jar.toString(), "clustering/kmeans");
        var run = folder.resolve("conflict");
        Uad.run(Images.train(images, run, "--set", "uncertainty.plugin=min-max", "--plugins", jar.toString()))
                .exits(4)
                .says("uncertainty/min-max", jar.toString(), "uncertainty-distance");
        assertFalse(Files.exists(run));
        Uad.run(Images.train(images, run, "--set", "uncertainty.plugin=uniform", "--plugins", jar.toString()))
                .exits(0)
                .says("warning", jar.toString());
    }

    @Test
    void aPluginIsVerifiedBeforeItIsTrusted() throws IOException {
        Uad.run("plugins", "verify", home.resolve("plugins/stranger.jar"))
                .exits(4)
                .says("uncertainty/broken", "FAILED");
        Uad.run("plugins", "verify", home.resolve("plugins/clustering-kmeans-" + version() + ".jar"), "--json")
                .exits(0)
                .says("\"component\" : \"clustering/kmeans\"", "\"passed\" : true");
    }

    private static String version() {
        return Uad.run("--version").exits(0).out().strip().replaceFirst("^uad ", "");
    }

    @Test
    void theClassesOfABuildAreUsedWhereTheyLie() throws IOException {
        var classes = writeClasses("built", "float[clustering.labels().length]");
        Uad.run("plugins", "describe", "built", "--plugins", classes).exits(0).says(classes.toString());
        Uad.run("plugins", "list", "--plugins", folder.resolve("nowhere"))
                .exits(2)
                .says("nowhere");
    }
}
