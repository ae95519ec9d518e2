package io.uad.testkit.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * A plugin as a user downloads it.
 *
 * @param file the zip
 */
public record PluginZip(Path file) {
    private static final String LIBRARIES = "lib/";
    private static final String JAR = ".jar";

    /** The one that the build has made, by the system property {@code uad.plugin.zip}. */
    public static PluginZip built() {
        return new PluginZip(Path.of(System.getProperty("uad.plugin.zip")));
    }

    /** Its {@code plugin.properties}. */
    public Properties properties() throws IOException {
        try (var zip = new ZipFile(file.toFile());
                var in = zip.getInputStream(zip.getEntry("plugin.properties"))) {
            var properties = new Properties();
            properties.load(in);
            return properties;
        }
    }

    /** Whether it holds a file. */
    public boolean has(String entry) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.getEntry(entry) != null;
        }
    }

    /** The names of its libraries, classifiers included, without versions. */
    public Set<String> libraries() throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(JAR))
                    .map(name -> name.substring(LIBRARIES.length(), name.length() - JAR.length()))
                    // what follows a hyphen and begins with a digit, as do the parts of 1.0.0-M2.1 and 0.3.19-1.5.7
                    .map(name -> name.replace("-SNAPSHOT", "").replaceAll("-(\\d|M\\d)[\\d.]*(?=-|$)", ""))
                    .collect(Collectors.toSet());
        }
    }

    /** Writes all that it holds into a folder. */
    public void unpack(Path folder) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
                var target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }
}
