package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.listener.ListenerProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLoaderSourceTest {
    private static final String SERVICE = "META-INF/services/" + ListenerProvider.class.getName();

    @TempDir
    Path folder;

    @Test
    void everyProviderThatFailsIsNamedWithItsReasonAndTheOthersLoad() throws IOException {
        try (var loader = listing(
                "org.example.Gone",
                BrokenProviders.InConstructor.class.getName(),
                BrokenProviders.WithoutItsLibrary.class.getName(),
                BrokenProviders.InName.class.getName(),
                BrokenProviders.WithBadName.class.getName(),
                Silent.class.getName())) {
            var registry = PluginRegistry.load(loader);

            assertEquals("silent", registry.find(Stage.LISTENER, "silent").name());
            var warnings = registry.warnings();
            assertEquals(5, warnings.size(), warnings.toString());
            assertTrue(warnings.get(0).contains("org.example.Gone not found"), warnings.get(0));
            assertTrue(warnings.get(1).contains("InConstructor"), warnings.get(1));
            assertTrue(warnings.get(1).contains("no licence"), warnings.get(1));
            assertTrue(warnings.get(2).contains("org/example/Missing"), warnings.get(2));
            assertTrue(warnings.get(3).contains("no name yet"), warnings.get(3));
            assertTrue(warnings.get(4).contains("kebab-case, was 'My Listener'"), warnings.get(4));
        }
    }

    @Test
    void nameThatNoPluginHasIsBlamedOnThePluginThatFailed() throws IOException {
        try (var loader = listing(BrokenProviders.InConstructor.class.getName(), Silent.class.getName())) {
            var registry = PluginRegistry.load(loader);

            var absent = assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "tensorboard"));
            assertEquals(ErrorKind.PLUGIN, absent.kind());
            assertTrue(String.valueOf(absent.getMessage()).contains("no licence"), absent.getMessage());

            var misspelt = assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "silnet"));
            assertEquals(ErrorKind.CONFIG, misspelt.kind());
        }
    }

    @Test
    void componentOfAJarHasItsVersionOriginAndHash() throws Exception {
        var jar = jar("silent.jar", "1.2.3");
        try (var loader = isolated(jar)) {
            var component = PluginRegistry.load(loader).find(Stage.LISTENER, "silent");

            assertEquals("1.2.3", component.version());
            assertEquals(jar.toString(), component.origin());
            var digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(jar));
            assertEquals(Optional.of(HexFormat.of().formatHex(digest)), component.sha512());
        }
    }

    @Test
    void componentOfAFolderHasNoHashAndNoVersion() throws IOException {
        try (var loader = listing(Silent.class.getName())) {
            var component = PluginRegistry.load(loader).find(Stage.LISTENER, "silent");

            assertEquals(Optional.empty(), component.sha512());
            assertEquals("unknown", component.version());
            assertTrue(Files.isDirectory(Path.of(component.origin())), component.origin());
        }
    }

    @Test
    void aNameThatTwoJarsBringIsRefusedByTheirPathsAndTheOthersStay() throws Exception {
        var first = jar("first.jar", "1");
        var second = jar("second.jar", "2");
        try (var one = isolated(first);
                var other = isolated(second)) {
            var registry = PluginRegistry.of(Arrays.asList(
                    new ServiceLoaderSource(one, type -> true), new ServiceLoaderSource(other, type -> true)));

            var error = assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "silent"));

            assertEquals(ErrorKind.PLUGIN, error.kind());
            var message = String.valueOf(error.getMessage());
            assertTrue(message.contains("listener/silent"), message);
            assertTrue(message.contains(first.toString()) && message.contains(second.toString()), message);
            assertEquals(1, registry.warnings().size(), registry.warnings().toString());
            assertEquals(
                    ErrorKind.CONFIG,
                    assertThrows(UadException.class, () -> registry.find(Stage.LISTENER, "other"))
                            .kind());
        }
    }

    @Test
    void providersThatAreNotWantedAreLeftOut() throws IOException {
        try (var loader = listing(Silent.class.getName())) {
            var source = new ServiceLoaderSource(loader, type -> type.getClassLoader() == loader);

            assertTrue(source.contents().components().isEmpty());
        }
    }

    /** A loader that finds these names listed, and their classes among those of the tests. */
    private URLClassLoader listing(String... providers) throws IOException {
        var list = folder.resolve(SERVICE);
        Files.createDirectories(list.getParent());
        Files.write(list, Arrays.asList(providers));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private Path jar(String name, String version) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Version", version);
        var file = folder.resolve(name);
        var entry = Silent.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var code = Silent.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(Objects.requireNonNull(code).readAllBytes());
            jar.putNextEntry(new JarEntry(SERVICE));
            jar.write(Silent.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** A loader that takes the provider from the jar, not from the tests. */
    private URLClassLoader isolated(Path jar) throws IOException {
        var others = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals(Silent.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, others);
    }
}
