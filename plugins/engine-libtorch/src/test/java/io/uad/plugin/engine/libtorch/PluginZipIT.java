package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What the download holds, and that it works with nothing but the API around it. */
class PluginZipIT {
    private static final String SERVICES = "classes/META-INF/services/io.uad.api.engine.EngineProvider";

    @TempDir
    private Path folder;

    private static ZipFile zip() throws IOException {
        return new ZipFile(System.getProperty("uad.plugin.zip"));
    }

    @Test
    void thePropertiesDescribeThePlugin() throws IOException {
        try (var zip = zip()) {
            var properties = new Properties();
            try (var in = zip.getInputStream(zip.getEntry("plugin.properties"))) {
                properties.load(in);
            }
            assertEquals("engine-libtorch", properties.getProperty("plugin.id"));
            assertEquals("io.uad", properties.getProperty("plugin.provider"));
            assertEquals("Apache-2.0", properties.getProperty("plugin.license"));
            assertEquals(">=0.1.0 & <1.0.0", properties.getProperty("plugin.requires"));
            assertNotNull(zip.getEntry(SERVICES));
            assertNotNull(zip.getEntry("README.md"));
        }
    }

    @Test
    void theLibrariesArePyTorchAndOnePlatformsNativesWithoutTheHosts() throws IOException {
        try (var zip = zip()) {
            var libraries = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    // a version is what follows a hyphen and begins with a digit, as do the parts of 2.13.0-1.5.14
                    .map(name -> name.substring(4, name.length() - 4)
                            .replace("-SNAPSHOT", "")
                            .replaceAll("-\\d[\\d.]*(?=-|$)", ""))
                    .collect(Collectors.toSet());
            assertEquals(
                    Set.of(
                            "engine-common",
                            "pytorch",
                            "pytorch-linux-x86_64",
                            "javacpp",
                            "javacpp-linux-x86_64",
                            "openblas",
                            "openblas-linux-x86_64"),
                    libraries);
        }
    }

    /** In a process of its own, as natives can be loaded once per process. */
    @Test
    void anIsolatedClassLoaderOpensTheEngine() throws Exception {
        unpack();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var path = String.join(
                System.getProperty("path.separator"),
                pathOf(Engine.class),
                pathOf(Logger.class),
                pathOf(PluginZipIT.class));
        var output = folder.resolve("output.txt").toFile();
        var process = new ProcessBuilder(java, "-cp", path, Isolated.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "too slow");
        var text = Files.readString(output.toPath());
        assertEquals(0, process.exitValue(), text);
        assertTrue(text.contains("[1.0, 2.0, 3.0, 4.0]"), text);
    }

    private void unpack() throws IOException {
        try (var zip = zip()) {
            for (var entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
                var target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    private static String pathOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** What the process does: it sees the plugin through a class loader only, and has another on its thread. */
    static final class Isolated {
        private Isolated() {}

        public static void main(String[] arguments) throws Exception {
            var folder = Path.of(arguments[0]);
            var urls = new ArrayList<URL>();
            urls.add(folder.resolve("classes").toUri().toURL());
            try (var jars = Files.list(folder.resolve("lib"))) {
                for (var jar : jars.sorted().toList()) {
                    urls.add(jar.toUri().toURL());
                }
            }
            try (var loader = new URLClassLoader(urls.toArray(URL[]::new))) {
                var providers = ServiceLoader.load(EngineProvider.class, loader);
                var provider = providers.findFirst().orElseThrow();
                if (provider.getClass().getClassLoader() != loader) {
                    throw new IllegalStateException("the provider is not the plugin's");
                }
                var constructor = provider.optionsType().getConstructor(String.class, OptionalInt.class);
                var options = Options.of(constructor.newInstance("auto", OptionalInt.of(1)));
                try (var engine = provider.create(options);
                        var matrix = engine.linearAlgebra().upload(FeatureMatrix.of(new float[] {1, 2, 3, 4}, 2));
                        var unit = engine.linearAlgebra().upload(FeatureMatrix.of(new float[] {1, 0, 0, 1}, 2));
                        var product = engine.linearAlgebra().multiply(matrix, false, unit, false)) {
                    System.out.println(
                            Arrays.toString(engine.linearAlgebra().read(product).toArray()));
                }
            }
        }
    }
}
