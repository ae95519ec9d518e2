package io.uad.plugin.engine.djl.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Natives that are installed.
 *
 * @param root the folder that holds everything
 * @param libraries the folder in it where PyTorch's own libraries lie
 * @param flavor the build, such as {@code cu128}
 */
record Installation(Path root, Path libraries, String flavor) {
    /** Says where the libraries lie; what DJL downloaded has none. */
    private static final String RECORD = "uad-natives.properties";

    private static final String LIBRARIES = "libraries";

    /** The installation in a folder; empty if there is none, or one that somebody has taken to pieces. */
    static Optional<Installation> in(Path root, String flavor) {
        var libraries = root;
        try {
            var file = root.resolve(RECORD);
            if (Files.exists(file)) {
                var properties = new Properties();
                try (var reader = Files.newBufferedReader(file)) {
                    properties.load(reader);
                }
                libraries = root.resolve(properties.getProperty(LIBRARIES, "")).normalize();
            } else if (!Files.exists(root.resolve(Platform.here().fileOf("torch_cuda")))) {
                return Optional.empty(); // only what DJL unpacks for a folder that a user named
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new Installation(root, libraries, flavor));
    }

    /** Writes down where the libraries lie. */
    void record(String source) throws IOException {
        var properties = new Properties();
        properties.setProperty(LIBRARIES, root.relativize(libraries).toString().replace('\\', '/'));
        properties.setProperty("source", source);
        try (var writer = Files.newBufferedWriter(root.resolve(RECORD))) {
            properties.store(writer, null);
        }
    }

    /** Why it cannot be loaded, as far as one can see. */
    Optional<LibtorchFolder.Misfit> misfit() {
        return LibtorchFolder.in(libraries)
                .map(folder -> folder.misfit(flavor))
                .orElseGet(() -> Optional.of(LibtorchFolder.nothingIn(libraries)));
    }

    /** For people. */
    String mebibytes() {
        try (var files = Files.walk(root)) {
            return (files.filter(Files::isRegularFile)
                                    .mapToLong(Installation::size)
                                    .sum()
                            >> 20) + " MiB";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
