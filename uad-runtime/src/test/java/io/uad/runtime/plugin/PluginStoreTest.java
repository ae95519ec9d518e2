package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PluginStoreTest {
    @TempDir
    Path folder;

    private Path plugins;
    private Path cache;
    private PluginStore store;
    private PluginBuild build;

    @BeforeEach
    void begin() {
        plugins = folder.resolve("home/plugins");
        cache = folder.resolve("home/cache");
        store = new PluginStore(plugins, cache);
        build = new PluginBuild(folder.resolve("build"));
    }

    @Test
    void whatWasCheckedIsInstalledWhateverTheFileBecomes() throws IOException {
        var jar = jar("ear.jar", "ear", "1.0");
        var checked = CodeOrigin.hash(jar);

        // The question comes after the checksum was taken: the moment at which another file could be put there.
        var installed = store.install(jar, Optional.empty(), List.of(), question -> {
            replace(jar);
            return true;
        });

        assertEquals(checked, CodeOrigin.hash(installed.orElseThrow().file()));
        assertEquals(List.of("listener/ear"), installed.orElseThrow().components());
        assertEquals(List.of(plugins.resolve("ear.jar")), files(plugins));
    }

    @Test
    void nothingIsLeftBehindOnAnyFailure() throws IOException {
        var jar = jar("ear.jar", "ear", "1.0");
        assertLeavesNothing(() -> store.install(jar, Optional.of("00"), List.of(), PluginStoreTest::yes));
        assertEquals(Optional.empty(), store.install(jar, Optional.empty(), List.of(), question -> false));
        assertFalse(Files.exists(folder.resolve("home")));
        assertThrows(
                IllegalStateException.class,
                () -> store.install(jar, Optional.empty(), List.of(), question -> {
                    throw new IllegalStateException("no terminal");
                }));
        assertFalse(Files.exists(folder.resolve("home")));

        var classes = build.classes("mouth", "1");
        Files.delete(classes.resolve("stranger/mouth/Provider.class"));
        var zip = zipped(classes, "mouth.zip");
        assertLeavesNothing(() -> store.install(zip, Optional.empty(), List.of(), PluginStoreTest::yes));
    }

    @Test
    void aFailureNamesTheUsersFileAndNotTheCopy() throws IOException {
        var classes = build.classes("ear", "1");
        Files.writeString(classes.resolve(PluginBuild.SERVICE), "no class name\n");
        var jar = PluginBuild.jar(classes, folder.resolve("ear.jar"), Map.of());

        var message = assertLeavesNothing(() -> store.install(jar, Optional.empty(), List.of(), PluginStoreTest::yes));

        assertTrue(message.contains(jar.toString()), message);
        assertFalse(message.contains("installing"), message);
    }

    @Test
    void damagedFilesAreRefusedByNameAndLeaveNothing() throws IOException {
        var whole = jar("whole.jar", "ear", "1.0");
        var flipped = Files.copy(whole, folder.resolve("flipped.jar"));
        PluginBuild.damage(flipped, "stranger/ear/Provider.class");
        var bytes = Files.readAllBytes(whole);
        var truncated = Files.write(folder.resolve("truncated.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        var zip = zipped(build.classes("mouth", "1"), "flipped.zip");
        PluginBuild.damage(zip, "classes/stranger/mouth/Provider.class");
        var empty = Files.createFile(folder.resolve("empty.jar"));
        var text = Files.writeString(folder.resolve("text.jar"), "no jar");

        for (var file : List.of(flipped, truncated, zip, empty, text)) {
            var message =
                    assertLeavesNothing(() -> store.install(file, Optional.empty(), List.of(), PluginStoreTest::yes));
            assertTrue(message.contains(file.toString()), message);
        }
    }

    @Test
    void anotherVersionReplacesTheOldOneWhateverTheCaseOfItsIdAndFile() throws IOException {
        store.install(jar("ear-1.jar", "ear", "1.0"), Optional.empty(), List.of(), PluginStoreTest::yes);
        var questions = new StringBuilder();
        store.install(jar("Ear-2.jar", "EAR", "2.0"), Optional.empty(), List.of(), question -> {
            questions.append(question);
            return true;
        });

        assertTrue(questions.toString().contains("ear 1.0 is installed. Replace it by 2.0?"), questions::toString);
        assertEquals(List.of(plugins.resolve("Ear-2.jar")), files(plugins));
        store.install(jar("EAR-2.JAR", "other", "3.0"), Optional.empty(), List.of(), PluginStoreTest::yes);
        assertEquals(List.of(plugins.resolve("EAR-2.JAR")), files(plugins));
    }

    @Test
    void aPluginIsRemovedByItsIdItsFileOrItsComponentInAnyCase() throws IOException {
        for (var name : List.of("my-ear", "MY-EAR", "ear-1.jar", "EAR-1.jar", "ear", "listener/ear", "Listener/Ear")) {
            store.install(jar("ear-1.jar", "my-ear", "1.0"), Optional.empty(), List.of(), PluginStoreTest::yes);
            assertEquals("my-ear", store.remove(name).id(), name);
            assertEquals(List.of(), files(plugins));
        }
        var zip = zipped(build.classes("mouth", "1"), "mouth.zip");
        store.install(zip, Optional.empty(), List.of(), PluginStoreTest::yes);
        assertEquals("4.5.6", store.remove("mouth-id").version());
        assertFalse(Files.exists(cache)); // it was not even unpacked
    }

    @Test
    void whereTwoAreCalledTheSameTheirFilesAreNamed() throws IOException {
        Files.createDirectories(plugins);
        Files.copy(jar("a.jar", "ear", "1.0"), plugins.resolve("a.jar"));
        Files.copy(jar("b.jar", "EAR", "2.0"), plugins.resolve("b.jar"));

        var error = assertThrows(UadException.class, () -> store.remove("Ear"));

        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("a.jar, b.jar"), error.getMessage());
        assertEquals("2.0", store.remove("b.jar").version());
    }

    @Test
    void aDamagedPluginIsRemovedByItsFile() throws IOException {
        Files.createDirectories(plugins);
        Files.writeString(plugins.resolve("a.jar"), "no jar");
        Files.writeString(plugins.resolve("b.zip"), "no zip");

        store.remove("a");
        store.remove("b.zip");

        assertEquals(List.of(), files(plugins));
        assertThrows(UadException.class, () -> store.remove("a"));
    }

    @Test
    void removingByIdRunsNoCodeOfAnyPlugin() throws IOException {
        Files.createDirectories(plugins);
        var classes = build.classesOf("loud", """
                package stranger;

                public final class Provider implements io.uad.api.listener.ListenerProvider {
                    static {
                        System.setProperty("stranger.was.loaded", "true");
                    }

                    public String name() {
                        return "loud";
                    }

                    public String description() {
                        return "tells that it was loaded";
                    }

                    public Class<io.uad.api.NoOptions> optionsType() {
                        return io.uad.api.NoOptions.class;
                    }

                    public io.uad.api.listener.RunListener create(io.uad.api.Options options) {
                        return event -> {};
                    }
                }
                """);
        PluginBuild.jar(classes, plugins.resolve("loud.jar"), Map.of("Plugin-Id", "loud", "Plugin-Version", "1.0"));

        store.remove("loud");

        assertEquals(null, System.getProperty("stranger.was.loaded"));
    }

    @Test
    void theUnpackedCopyOfAZipGoesWithIt() throws IOException {
        var zip = zipped(build.classes("mouth", "1"), "mouth.zip");
        store.install(zip, Optional.empty(), List.of(), PluginStoreTest::yes);
        PluginRegistry.of(List.of(new PluginFolder(plugins, cache))).close();
        var first = files(cache);
        assertEquals(1, first.size());

        store.install(zip, Optional.empty(), List.of(), PluginStoreTest::yes); // the same again
        assertEquals(first, files(cache));

        zipped(build.classes("mouth", "2"), "mouth.zip");
        store.install(zip, Optional.empty(), List.of(), PluginStoreTest::yes);
        assertEquals(List.of(), files(cache));
        PluginRegistry.of(List.of(new PluginFolder(plugins, cache))).close();
        assertEquals(1, files(cache).size());

        store.remove("mouth-id");
        assertEquals(List.of(), files(cache));
    }

    @Test
    void whatAKilledInstallationLeftBehindGoesWithTheNext() throws IOException {
        Files.createDirectories(plugins.resolve(".installing123"));
        Files.createFile(plugins.resolve(".installing123/lock"));

        store.install(jar("ear.jar", "ear", "1.0"), Optional.empty(), List.of(), PluginStoreTest::yes);

        assertEquals(List.of(plugins.resolve("ear.jar")), files(plugins));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpenAfterALook() throws IOException {
        store.install(jar("ear.jar", "ear", "1.0"), Optional.empty(), List.of(), PluginStoreTest::yes);
        store.install(
                zipped(build.classes("mouth", "1"), "mouth.zip"), Optional.empty(), List.of(), PluginStoreTest::yes);
        assertEquals(List.of(), PluginBuild.openFiles(folder));
        try (var registry = PluginRegistry.of(List.of(new PluginFolder(plugins, cache)))) {
            assertEquals(2, registry.components().size());
            assertFalse(PluginBuild.openFiles(folder).isEmpty());
        }
        assertEquals(List.of(), PluginBuild.openFiles(folder));
        store.remove("listener/ear");
        store.remove("mouth-id");
        assertEquals(List.of(), PluginBuild.openFiles(folder));
    }

    private static boolean yes(String question) {
        return !question.isEmpty();
    }

    private String assertLeavesNothing(Executable install) {
        var error = assertThrows(UadException.class, install);
        assertEquals(ErrorKind.PLUGIN, error.kind(), error.getMessage());
        assertFalse(Files.exists(folder.resolve("home")));
        return String.valueOf(error.getMessage());
    }

    private Path jar(String file, String id, String version) throws IOException {
        return PluginBuild.jar(
                build.classes("ear", "1"), folder.resolve(file), Map.of("Plugin-Id", id, "Plugin-Version", version));
    }

    private Path zipped(Path classes, String name) throws IOException {
        var zip = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var files = Files.walk(classes)) {
            out.putNextEntry(new ZipEntry("plugin.properties"));
            out.write("plugin.id=mouth-id\nplugin.version=4.5.6\n".getBytes(StandardCharsets.UTF_8));
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry("classes/" + classes.relativize(file)));
                Files.copy(file, out);
            }
        }
        return zip;
    }

    private static void replace(Path file) {
        try {
            Files.writeString(file, "another file");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
