package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    private String description(Path plugin) throws IOException {
        try (var registry = PluginRegistry.of(List.of(new PluginFolder(plugin, folder.resolve("cache"))))) {
            assertEquals(List.of(), registry.warnings());
            return registry.find(Stage.LISTENER, "curious").description();
        }
    }
}
