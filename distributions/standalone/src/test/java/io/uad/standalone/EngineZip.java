package io.uad.standalone;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Engines that are not in the distribution, as the whole build leaves them before this module's turn. */
final class EngineZip {
    private static final Path PLUGINS = Path.of("..", "..", "plugins").toAbsolutePath();

    private EngineZip() {}

    /** The download of an engine; a test that asks for it is skipped where it is not built, or has no natives. */
    static Path of(String plugin) throws IOException {
        var target = PLUGINS.resolve(plugin).resolve("target");
        assumeTrue(Files.isDirectory(target), plugin + " is not built");
        try (var files = Files.list(target)) {
            var zip = files.filter(file -> file.toString().endsWith(".zip")).findFirst();
            assumeTrue(zip.isPresent(), plugin + " is not built");
            assumeTrue(
                    System.getProperty("os.arch").equals("amd64")
                            && System.getProperty("os.name").equals("Linux"),
                    plugin + " has natives for Linux on x86-64");
            return zip.get();
        }
    }
}
