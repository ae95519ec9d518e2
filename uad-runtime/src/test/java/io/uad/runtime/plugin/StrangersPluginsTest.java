package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a stranger's plugin may be broken: it is named with its file, and the others work. */
class StrangersPluginsTest {
    private static final String SOURCE = """
            package stranger;

            public final class Provider implements io.uad.api.listener.ListenerProvider {
                %s

                public String name() {
                    return "bad";
                }

                public String description() {
                    return String.valueOf(%s);
                }

                public Class<io.uad.api.NoOptions> optionsType() {
                    return io.uad.api.NoOptions.class;
                }

                public io.uad.api.listener.RunListener create(io.uad.api.Options options) {
                    %s
                }
            }
            """;
    private static final String WORKS = "return event -> {};";

    @TempDir
    Path folder;

    private Path plugins;
    private PluginBuild build;
    private PluginRegistry registry = PluginRegistry.of(List.of());

    @BeforeEach
    void begin() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        build = new PluginBuild(folder.resolve("build"));
        PluginBuild.jar(build.classes("good", "1"), plugins.resolve("good.jar"), Map.of());
    }

    @AfterEach
    void end() {
        registry.close();
    }

    @Test
    void aClassForANewerJavaIsSaidToBeOne() throws IOException {
        var classes = provider("", "1", WORKS);
        var file = classes.resolve("stranger/Provider.class");
        var code = Files.readAllBytes(file);
        code[7] = 99; // the major version of the class file format: that of Java 55
        Files.write(file, code);
        assertNamed(classes, "99.0");
    }

    @Test
    void aServiceFileThatNamesNoClassIsSaidToDoSo() throws IOException {
        var classes = provider("", "1", WORKS);
        Files.writeString(classes.resolve(PluginBuild.SERVICE), "stranger.Gone\n");
        assertNamed(classes, "stranger.Gone not found");
    }

    @Test
    void constructorsAndStaticInitialisersThatThrowAreSaidToDoSo() throws IOException {
        assertNamed(
                provider("public Provider() { throw new IllegalStateException(\"no licence\"); }", "1", WORKS),
                "no" + " licence");
        assertNamed(provider("static final int N = Integer.parseInt(\"many\");", "1", WORKS), "\"many\"");
    }

    @Test
    void anEndlessRecursionAndAMethodThatIsNotThereAreSaidToBeOne() throws IOException {
        assertNamed(
                provider("private static int deep() { return deep() + 1; }", "deep()", WORKS), "StackOverflowError");
        assertNamed(
                provider(
                        "private static String newer() { throw new NoSuchMethodError(\"Api.newer()\"); }",
                        "newer()",
                        WORKS),
                "Api.newer()");
    }

    @Test
    void createThatThrowsAnythingIsNamedWithItsFile() throws IOException {
        for (var failure : List.of(
                "IllegalStateException(\"no licence\")",
                "StackOverflowError(\"no licence\")",
                "NoSuchMethodError(\"no licence\")")) {
            var jar = install(provider("", "1", "throw new " + failure + ";"));
            registry = registry();
            var component = registry.find(Stage.LISTENER, "bad");
            var error = assertThrows(
                    UadException.class, () -> component.create(RunListener.class, Options.of(new NoOptions())));
            assertEquals(ErrorKind.PLUGIN, error.kind());
            var message = String.valueOf(error.getMessage());
            assertTrue(message.contains("listener/bad"), message);
            assertTrue(message.contains(jar.toString()) && message.contains("no licence"), message);
        }
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        var whole = PluginBuild.jar(provider("", "1", WORKS), folder.resolve("whole.jar"), Map.of());
        var bytes = Files.readAllBytes(whole);
        var bad = plugins.resolve("bad.jar");

        Files.write(bad, bytes);
        PluginBuild.damage(bad, "stranger/Provider.class");
        assertNamed(bad, "stranger.Provider");
        Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
        assertNamed(bad, "zip");
        Files.write(bad, new byte[0]);
        assertNamed(bad, "zip");
        Files.writeString(bad, "a text");
        assertNamed(bad, "zip");
    }

    @Test
    void twoVersionsOfOnePluginAreNamedTogetherAndNeitherIsUsed() throws IOException {
        var classes = provider("", "1", WORKS);
        var first = PluginBuild.jar(classes, plugins.resolve("bad-1.jar"), manifest("bad", "1.0"));
        var second = PluginBuild.jar(classes, plugins.resolve("bad-2.jar"), manifest("BAD", "2.0"));

        registry = registry();

        var error = assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "bad"));
        assertEquals(ErrorKind.PLUGIN, error.kind());
        for (var message : List.of(
                String.valueOf(error.getMessage()),
                registry.warnings().get(0),
                registry.warnings().get(1))) {
            assertTrue(message.contains(first + " and " + second), message);
        }
        assertTrue(registry.warnings().get(1).contains("2 plugins are called bad"), registry.warnings()::toString);
        assertEquals("good", registry.find(Stage.LISTENER, "good").name());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingStaysOpenOfAPluginThatEndsTheLoading() throws IOException {
        install(provider("private static int full() { throw new OutOfMemoryError(); }", "full()", WORKS));

        assertThrows(OutOfMemoryError.class, this::registry);

        assertEquals(List.of(), PluginBuild.openFiles(plugins));
    }

    @Test
    void onlyTheStagesOwnInterfaceCanBeAskedFor() {
        registry = registry();
        var component = registry.find(Stage.LISTENER, "good");

        assertThrows(IllegalArgumentException.class, () -> component.create(Object.class, Options.of(new NoOptions())));
    }

    private static Map<String, String> manifest(String id, String version) {
        return Map.of("Plugin-Id", id, "Plugin-Version", version);
    }

    private Path provider(String members, String description, String create) throws IOException {
        return build.classesOf("bad", SOURCE.formatted(members, description, create));
    }

    private Path install(Path classes) throws IOException {
        return PluginBuild.jar(classes, plugins.resolve("bad.jar"), Map.of());
    }

    private void assertNamed(Path plugin, String reason) throws IOException {
        registry.close();
        var jar = Files.isDirectory(plugin) ? install(plugin) : plugin;
        registry = registry();
        var error = assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "bad"));
        assertEquals(ErrorKind.PLUGIN, error.kind(), error.getMessage());
        for (var message :
                List.of(String.valueOf(error.getMessage()), registry.warnings().get(0))) {
            assertTrue(message.contains(jar.toString()) && message.contains(reason), message);
        }
        assertEquals(1, registry.warnings().size(), registry.warnings()::toString);
        assertEquals("good", registry.find(Stage.LISTENER, "good").name());
    }

    private PluginRegistry registry() {
        return PluginRegistry.of(List.of(new PluginFolder(plugins, folder.resolve("cache"))));
    }
}
