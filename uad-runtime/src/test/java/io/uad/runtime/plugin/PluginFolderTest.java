package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ComponentProvider;
import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
    @TempDir
    Path folder;

    private Path plugins;
    private PluginBuild build;

    @BeforeEach
    void begin() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        build = new PluginBuild(folder.resolve("build"));
    }

    @Test
    void pluginsWithTwoVersionsOfOneLibraryEachSeeTheirOwn() throws IOException {
        PluginBuild.jar(build.classes("first", "1"), plugins.resolve("first.jar"), Map.of("Plugin-Id", "first"));
        PluginBuild.jar(build.classes("second", "2"), plugins.resolve("second.jar"), Map.of("Plugin-Id", "second"));

        var registry = registry(plugins);

        assertEquals(List.of(), registry.warnings());
        assertEquals("Hears 1", registry.find(Stage.LISTENER, "first").description());
        assertEquals("Hears 2", registry.find(Stage.LISTENER, "second").description());
    }

    @Test
    void whoHasOnlyLookedClosesTheLoaders() throws IOException {
        PluginBuild.jar(build.classes("ear", "1"), plugins.resolve("ear.jar"), Map.of());
        ApiFirstClassLoader loader;
        try (var registry = registry(plugins)) {
            var provider = registry.find(Stage.LISTENER, "ear").provider();
            loader = (ApiFirstClassLoader) provider.getClass().getClassLoader();
            assertFalse(loader.isClosed());
        }
        assertTrue(loader.isClosed());
    }

    @Test
    void aJarHasTheVersionOfItsManifestAndItsPathAsOrigin() throws IOException {
        var jar = PluginBuild.jar(
                build.classes("ear", "1"),
                plugins.resolve("ear.jar"),
                Map.of("Plugin-Id", "ear", "Plugin-Version", "1.2.3"));

        var component = registry(plugins).find(Stage.LISTENER, "ear");

        assertEquals("1.2.3", component.version());
        assertEquals(jar.toString(), component.origin());
        assertTrue(component.create(RunListener.class, Options.of(new NoOptions())) != null);
    }

    @Test
    void aJarWithoutAManifestOfItsOwnIsAPluginToo() throws IOException {
        PluginBuild.jar(build.classes("ear", "1"), plugins.resolve("ear.jar"), Map.of());

        assertEquals("ear", registry(plugins).find(Stage.LISTENER, "ear").name());
    }

    @Test
    void anUnpackedPluginReadsItsClassesAndItsLibraries() throws IOException {
        unpacked(plugins.resolve("ear"));

        var component = registry(plugins).find(Stage.LISTENER, "ear");

        assertEquals("4.5.6", component.version());
        assertEquals("Hears 1", component.description());
        assertEquals(plugins.resolve("ear").toString(), component.origin());
    }

    @Test
    void aZipIsUnpackedOnceAndLoadedFromThere() throws IOException {
        var zip = zip(unpacked(folder.resolve("ear")), plugins.resolve("ear.zip"));

        for (var time = 0; time < 2; time++) {
            var component = registry(plugins).find(Stage.LISTENER, "ear");
            assertEquals("Hears 1", component.description());
            assertEquals(zip.toString(), component.origin());
        }
        try (var unpacked = Files.list(folder.resolve("cache"))) {
            assertEquals(1, unpacked.count());
        }
    }

    @Test
    void theClassesOfABuildAreAPluginWithTheDependenciesBesideThem() throws IOException {
        var classes = build.classes("ear", "1");
        var library = Files.createDirectories(folder.resolve("library/library"));
        Files.move(classes.resolve("library/Version.class"), library.resolve("Version.class"));
        PluginBuild.jar(folder.resolve("library"), classes.resolveSibling("dependency/library.jar"), Map.of());

        var component = registry(classes).find(Stage.LISTENER, "ear");

        assertEquals("Hears 1", component.description());
        assertEquals(classes.toString(), component.origin());
    }

    @Test
    void aCopyOfTheApiInAPluginIsNotUsedAndThatIsSaid() throws IOException {
        var classes = build.classes("ear", "1");
        var copy = ComponentProvider.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(copy).getParent());
        try (var in = ComponentProvider.class.getClassLoader().getResourceAsStream(copy)) {
            Files.copy(in, classes.resolve(copy));
        }
        PluginBuild.jar(classes, plugins.resolve("ear.jar"), Map.of());

        var registry = registry(plugins);

        assertEquals("ear", registry.find(Stage.LISTENER, "ear").name());
        assertTrue(registry.warnings().get(0).contains("bundles classes of the API"), registry.warnings()::toString);
    }

    @Test
    void aPluginForAnotherVersionOfTheApiIsNamedWithBothAndAskingForItRepeatsThat() throws IOException {
        var jar = PluginBuild.jar(
                build.classes("ear", "1"),
                plugins.resolve("ear.jar"),
                Map.of("Plugin-Id", "ear", "Plugin-Version", "1.0.0", "Plugin-Requires", ">=2.0.0 & <3.0.0"));

        var registry = PluginRegistry.of(List.of(new IsolatedPlugin(jar, jar, "1.4.0")));

        var error = assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "ear"));
        assertEquals(ErrorKind.PLUGIN, error.kind());
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains(jar.toString()), message);
        assertTrue(message.contains(">=2.0.0 & <3.0.0") && message.contains("1.4.0"), message);
        assertEquals(
                List.of(),
                PluginRegistry.of(List.of(new IsolatedPlugin(jar, jar, "2.9.0")))
                        .warnings());
    }

    @Test
    void whatIsBrokenIsNamedAndTheOthersLoad() throws IOException {
        Files.writeString(plugins.resolve("a.jar"), "no jar");
        Files.writeString(plugins.resolve("b.zip"), "no zip");
        hostile(plugins.resolve("c.zip"), "../outside.txt");
        PluginBuild.jar(Files.createDirectories(folder.resolve("nothing")), plugins.resolve("d.jar"), Map.of());
        PluginBuild.jar(build.classes("ear", "1"), plugins.resolve("e.jar"), Map.of());
        Files.writeString(plugins.resolve("notes.txt"), "no plugin");

        var registry = registry(plugins);

        assertEquals(1, registry.components().size());
        var warnings = registry.warnings();
        assertEquals(4, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains("a.jar"), warnings.get(0));
        assertTrue(warnings.get(1).contains("b.zip"), warnings.get(1));
        assertTrue(warnings.get(2).contains("c.zip") && warnings.get(2).contains("../outside.txt"), warnings.get(2));
        assertTrue(warnings.get(3).contains("d.jar") && warnings.get(3).contains("no component"), warnings.get(3));
        assertFalse(Files.exists(folder.resolve("outside.txt")));
    }

    @Test
    void entriesThatLeadOutAndLinksAreRefusedByName() throws IOException {
        for (var name : List.of("../x", "/x", "a/../../x")) {
            var zip = hostile(folder.resolve("hostile.zip"), name);
            var error = assertThrows(UadException.class, () -> new PluginZip(zip).check(), name);
            assertEquals(ErrorKind.PLUGIN, error.kind());
            assertTrue(String.valueOf(error.getMessage()).contains("'" + name + "'"), error.getMessage());
        }
        var link = folder.resolve("link.zip");
        try (var out = new ZipArchiveOutputStream(link)) {
            var entry = new ZipArchiveEntry("lib/evil");
            entry.setUnixMode(0120777);
            out.putArchiveEntry(entry);
            out.write("/etc".getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }
        var error = assertThrows(UadException.class, () -> new PluginZip(link).check());
        assertTrue(String.valueOf(error.getMessage()).contains("'lib/evil'"), error.getMessage());
    }

    @Test
    void aZipWithoutItsPropertiesAtTheTopOrWithAnEntryTwiceIsNamed() throws IOException {
        unpacked(folder.resolve("under/ear"));
        var zip = zip(folder.resolve("under"), plugins.resolve("ear.zip"));

        var warnings = registry(plugins).warnings();

        assertTrue(
                warnings.get(0).contains("ear.zip") && warnings.get(0).contains("plugin.properties"),
                warnings::toString);
        Files.delete(zip);
        try (var out = new ZipArchiveOutputStream(plugins.resolve("twice.zip"))) {
            for (var time = 0; time < 2; time++) {
                out.putArchiveEntry(new ZipArchiveEntry("plugin.properties"));
                out.write(time);
                out.closeArchiveEntry();
            }
        }
        assertTrue(
                registry(plugins).warnings().get(0).contains("twice"),
                registry(plugins).warnings()::toString);
    }

    @Test
    void anEntryThatIsAFileAndAFolderOrTwiceUnderTwoNamesIsRefused() throws IOException {
        for (var names : List.of(List.of("a/b", "a"), List.of("a", "a/b/c"), List.of("a/b", "a/./b"))) {
            var zip = folder.resolve("odd.zip");
            try (var out = new ZipArchiveOutputStream(zip)) {
                for (var name : names) {
                    out.putArchiveEntry(new ZipArchiveEntry(name));
                    out.write(1);
                    out.closeArchiveEntry();
                }
            }
            var error = assertThrows(UadException.class, () -> new PluginZip(zip).check(), names::toString);
            assertTrue(String.valueOf(error.getMessage()).contains("'a"), error.getMessage());
        }
        unpacked(folder.resolve("ear"));
        new PluginZip(zip(folder.resolve("ear"), folder.resolve("ear.zip"))).check();
    }

    @Test
    void aZipThatDoesNotSayItsNameIsCalledByItsFile() throws IOException {
        var plugin = unpacked(folder.resolve("unpacked"));
        Files.writeString(plugin.resolve("plugin.properties"), "plugin.version=4.5.6\n");
        var zip = zip(plugin, plugins.resolve("my-ear-4.zip"));

        try (var loaded =
                PluginFolder.isolated(zip, zip, folder.resolve("cache")).load()) {
            assertEquals("my-ear-4", loaded.identity().id());
            assertEquals("4.5.6", loaded.identity().version());
        }
    }

    @Test
    void aLookAtTheWholeNamesEveryPluginThatIsDamagedAndLoadsTheOthers() throws IOException {
        for (var name : List.of("a", "b", "c")) {
            PluginBuild.jar(build.classes("ear" + name, "1"), plugins.resolve(name + ".jar"), Map.of());
        }
        PluginBuild.damage(plugins.resolve("a.jar"), "library/Version.class");
        PluginBuild.damage(plugins.resolve("b.jar"), "library/Version.class");

        try (var contents = new PluginFolder(plugins, folder.resolve("cache")).contentsOfWhole()) {
            var reasons = contents.failures().stream().map(LoadFailure::reason).toList();
            assertEquals(2, reasons.size());
            assertTrue(reasons.get(0).contains("a.jar") && reasons.get(1).contains("b.jar"), reasons::toString);
            assertEquals("earc", contents.components().get(0).name());
        }
    }

    @Test
    void closingGoesOnAfterAFailure() {
        var closed = new ArrayList<String>();
        var contents = new PluginSource.Contents(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        () -> {
                            throw new IOException("first");
                        },
                        () -> {
                            throw new IOException("second");
                        },
                        () -> closed.add("third")));

        var error = assertThrows(UncheckedIOException.class, contents::close);

        assertEquals(List.of("third"), closed);
        var first = Objects.requireNonNull(error.getCause());
        assertEquals("first", first.getMessage());
        assertEquals("second", first.getSuppressed()[0].getMessage());
    }

    private PluginRegistry registry(Path place) {
        return PluginRegistry.of(List.of(new PluginFolder(place, folder.resolve("cache"))));
    }

    private Path unpacked(Path plugin) throws IOException {
        var classes = build.classes("ear", "1");
        var library = Files.createDirectories(folder.resolve("library/library"));
        Files.move(classes.resolve("library/Version.class"), library.resolve("Version.class"));
        PluginBuild.jar(folder.resolve("library"), plugin.resolve("lib/library.jar"), Map.of());
        Files.move(classes, plugin.resolve("classes"));
        Files.writeString(plugin.resolve("plugin.properties"), "plugin.id=ear\nplugin.version=4.5.6\n");
        return plugin;
    }

    private static Path zip(Path folder, Path zip) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return zip;
    }

    private static Path hostile(Path zip, String entry) throws IOException {
        try (var out = new ZipArchiveOutputStream(zip)) {
            out.putArchiveEntry(new ZipArchiveEntry(entry));
            out.write(1);
            out.closeArchiveEntry();
        }
        return zip;
    }
}
