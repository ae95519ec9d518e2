package io.uad.testkit.plugin;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

/**
 * A program that sees an unpacked engine through a class loader only, has another on its thread, and multiplies with it. It
 * writes the product to the file that is its second argument.
 */
public final class IsolatedEngine {
    /** What it comes to. */
    public static final String PRODUCT = "[1.0, 2.0, 3.0, 4.0]";

    private IsolatedEngine() {}

    /**
     * Runs it, in a process of its own, as natives can be loaded once per process.
     *
     * @param folder of the plugin; gets two files more
     * @param host classes of the libraries that the host lends to plugins, beside the API
     * @return what it came to
     * @throws IllegalStateException if it failed
     */
    public static String run(Path folder, Class<?>... host) throws IOException, InterruptedException {
        var path = new ArrayList<>(List.of(pathOf(Engine.class), pathOf(IsolatedEngine.class)));
        Arrays.stream(host).map(IsolatedEngine::pathOf).forEach(path::add);
        var output = folder.resolve("output.txt");
        var product = folder.resolve("product.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(System.getProperty("path.separator"), path),
                        IsolatedEngine.class.getName(),
                        folder.toString(),
                        product.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            var ended = process.waitFor(2, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(output));
            }
            return Files.readString(product);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String pathOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param arguments the folder, and the file for the product */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        var folder = Path.of(arguments[0]);
        var urls = new ArrayList<URL>();
        urls.add(folder.resolve("classes").toUri().toURL());
        try (var jars = Files.list(folder.resolve("lib"))) {
            for (var jar : jars.sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new))) {
            var provider =
                    ServiceLoader.load(EngineProvider.class, loader).findFirst().orElseThrow();
            if (provider.getClass().getClassLoader() != loader) {
                throw new IllegalStateException("the provider is not the plugin's");
            }
            var constructor = provider.optionsType().getConstructor(String.class, OptionalInt.class);
            var options = Options.of(constructor.newInstance("auto", OptionalInt.of(1)));
            try (var engine = provider.create(options);
                    var matrix = engine.linearAlgebra().upload(FeatureMatrix.of(new float[] {1, 2, 3, 4}, 2));
                    var unit = engine.linearAlgebra().upload(FeatureMatrix.of(new float[] {1, 0, 0, 1}, 2));
                    var product = engine.linearAlgebra().multiply(matrix, false, unit, false)) {
                Files.writeString(
                        Path.of(arguments[1]),
                        Arrays.toString(engine.linearAlgebra().read(product).toArray()));
            }
        }
    }
}
