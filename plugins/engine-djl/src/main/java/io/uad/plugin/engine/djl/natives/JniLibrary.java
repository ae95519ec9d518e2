package io.uad.plugin.engine.djl.natives;

import io.uad.api.UadException;
import io.uad.api.engine.NativesRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;

/** The library between Java and PyTorch, which the plugin brings for some builds of one version of PyTorch. */
final class JniLibrary {
    private static final String FOLDER = "jnilib/";
    private static final String PROPERTIES = FOLDER + "pytorch.properties";

    private JniLibrary() {}

    /** The version of PyTorch that it is made for, such as {@code 2.7.1}. */
    static String version() {
        try (var stream = JniLibrary.class.getClassLoader().getResourceAsStream(PROPERTIES)) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(stream, PROPERTIES));
            var version = Objects.requireNonNull(properties.getProperty("jni_version"), "jni_version");
            return version.substring(0, version.indexOf('-'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The builds of PyTorch for a platform that it can be used with, such as {@code cpu} and {@code cu128}. */
    static List<String> flavors(Platform platform) {
        var url = Objects.requireNonNull(JniLibrary.class.getClassLoader().getResource(PROPERTIES), PROPERTIES);
        var folder = FOLDER + platform + "/";
        try {
            if (!(url.openConnection() instanceof JarURLConnection connection)) {
                throw new IOException("not in a jar: " + url);
            }
            connection.setUseCaches(false); // else the jar stays open, and could not be replaced on every system
            try (var jar = connection.getJarFile()) {
                var flavors = new TreeSet<String>();
                jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(folder) && !name.endsWith("/"))
                        .forEach(name -> flavors.add(name.substring(folder.length(), name.lastIndexOf('/'))));
                return List.copyOf(flavors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses what it is not made for.
     *
     * @param action what the user can do
     * @throws UadException of kind CONFIG
     */
    static void require(String flavor, Platform platform, String action) {
        var known = flavors(platform);
        if (!flavor.equals(NativesRequest.BUNDLED) && !known.contains(flavor)) {
            throw UadException.config(
                    "there are no natives of flavor '" + flavor + "' for " + platform,
                    "engine/djl",
                    "one of " + String.join(", ", known) + ", for which DJL brings its library",
                    action);
        }
    }
}
