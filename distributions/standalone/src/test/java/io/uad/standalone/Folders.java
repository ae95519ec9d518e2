package io.uad.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies, so that a test may spoil what several share. */
final class Folders {
    private Folders() {}

    /** @param to to be made, with the folders above it */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** Removes the files right in a folder. */
    static void empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
