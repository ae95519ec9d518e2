package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees of the process that it is loaded into. */
class SharedClassesTest {
    /** Its description lists what it sees of what it asks for. */
    private static final String CURIOUS = """
            package stranger;

            public final class Provider implements io.uad.api.listener.ListenerProvider {
                private static final String[] CLASSES = {
                    "java.sql.Connection",
                    "javax.xml.parsers.SAXParser",
                    "io.uad.api.Seed",
                    "org.slf4j.Logger",
                    "io.uad.runtime.Version",
                    "io.uad.runtime.plugin.PluginRegistry",
                    "org.pf4j.PluginManager",
                    "com.fasterxml.jackson.databind.ObjectMapper",
                    "org.apache.commons.io.IOUtils"
                };
                private static final String[] RESOURCES = {
                    "io/uad/api/Seed.class",
                    "io/uad/runtime/Version.class",
                    "META-INF/services/javax.imageio.spi.ImageReaderSpi",
                    "META-INF/services/io.uad.api.listener.ListenerProvider"
                };

                public String name() {
                    return "curious";
                }

                public String description() {
                    var seen = new StringBuilder();
                    var loader = getClass().getClassLoader();
                    for (var name : CLASSES) {
                        try {
                            loader.loadClass(name);
                            seen.append(name).append(' ');
                        } catch (ClassNotFoundException e) {
                            // then it is not seen
                        }
                    }
                    try {
                        for (var name : RESOURCES) {
                            for (var url : java.util.Collections.list(loader.getResources(name))) {
                                var own = url.toString().contains("curious");
                                seen.append(own ? "own " : "").append(name).append(' ');
                            }
                        }
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                    var services = java.util.ServiceLoader.load(io.uad.api.listener.ListenerProvider.class, loader);
                    return seen.append(services.stream().count()).toString();
                }

                public Class<io.uad.api.NoOptions> optionsType() {
                    return io.uad.api.NoOptions.class;
                }

                public io.uad.api.listener.RunListener create(io.uad.api.Options options) {
                    return event -> {};
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aPluginSeesJavaTheApiAndTheLoggingInterfaceAndNothingOfOurs() throws IOException {
        var classes = new PluginBuild(folder).classesOf("curious", CURIOUS);
        var jar = PluginBuild.jar(classes, folder.resolve("plugins/curious.jar"), Map.of());
        var seen =
                "java.sql.Connection javax.xml.parsers.SAXParser io.uad.api.Seed org.slf4j.Logger io/uad/api/Seed.class ";
        var service = PluginBuild.SERVICE + " 1";

        assertEquals(seen + "own " + service, description(classes)); // as in development
        assertEquals(seen + "own " + service, description(jar));
    }

    /** Lists which of three classes of its own it sees, and finds its own service as libraries do. */
    private static final String BRINGS = """
            package stranger;

            public final class Provider implements io.uad.api.listener.ListenerProvider {
                public interface Part {}

                public static final class OwnPart implements Part {}

                public String name() {
                    return "curious";
                }

                public String description() {
                    var seen = new StringBuilder();
                    for (var name : new String[] {"org.slf4j.own.Binding", "org.slf4j.Logger", "io.uad.api.Own"}) {
                        try {
                            var loader = Class.forName(name).getClassLoader();
                            seen.append(name).append(loader == getClass().getClassLoader() ? " own, " : " shared, ");
                        } catch (ClassNotFoundException e) {
                            // then it is not seen
                        }
                    }
                    return seen.append(parts()).append(" parts").toString();
                }

                private static long parts() {
                    return java.util.ServiceLoader.load(Part.class).stream().count();
                }

                private static void requireParts() {
                    if (parts() != 1) {
                        throw new IllegalStateException("no parts");
                    }
                }

                public Class<io.uad.api.NoOptions> optionsType() {
                    return io.uad.api.NoOptions.class;
                }

                public io.uad.api.listener.RunListener create(io.uad.api.Options options) {
                    requireParts();
                    return event -> requireParts();
                }
            }
            """;

    private Path brings() throws IOException {
        var classes = new PluginBuild(folder)
                .classesOf(
                        "curious",
                        BRINGS,
                        "package org.slf4j.own; class Binding {}",
                        "package org.slf4j; class Logger {}",
                        "package io.uad.api; class Own {}");
        Files.writeString(classes.resolve("META-INF/services/stranger.Provider$Part"), "stranger.Provider$OwnPart\n");
        return classes;
    }

    @Test
    void whatTheLoggingInterfaceLacksMayBeThePluginsOwnAndNothingOfTheApi() throws IOException {
        assertEquals("org.slf4j.own.Binding own, org.slf4j.Logger shared, 1 parts", description(brings()));
    }

    @Test
    void aPluginFindsItsOwnServicesWhenItIsLoadedMadeAndCalled() throws IOException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var registry = PluginRegistry.of(List.of(new PluginFolder(brings(), folder.resolve("cache"))))) {
            var component = registry.find(Stage.LISTENER, "curious");
            assertTrue(component.description().endsWith("1 parts"), component.description());
            var listener = component.create(RunListener.class, Options.of(new NoOptions()));
            assertDoesNotThrow(() -> listener.on(new RunEvent.Notice("go")));
        }
        assertSame(before, thread.getContextClassLoader());
    }

    @Test
    void inAProgramOfModulesAPluginSeesNoneOfThoseEither() throws Exception {
        var modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(test-classes|junit|archunit|opentest4j|apiguardian|surefire).*"))
                .collect(Collectors.joining(File.pathSeparator));
        var tests = Path.of(ModularProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var names = List.of(
                "java.sql.Connection",
                "com.sun.source.tree.Tree",
                "io.uad.api.Seed",
                "io.uad.runtime.Version",
                "org.pf4j.PluginManager",
                "com.fasterxml.jackson.databind.ObjectMapper");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                modules,
                "--add-modules",
                "java.sql,jdk.compiler",
                "--patch-module",
                "io.uad.runtime=" + tests,
                "-m",
                "io.uad.runtime/" + ModularProgram.class.getName()));
        command.addAll(names);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor());
        assertEquals(names.subList(0, 3), seen.lines().toList());
    }

    private String description(Path plugin) throws IOException {
        try (var registry = PluginRegistry.of(List.of(new PluginFolder(plugin, folder.resolve("cache"))))) {
            assertEquals(List.of(), registry.warnings());
            return registry.find(Stage.LISTENER, "curious").description();
        }
    }
}
