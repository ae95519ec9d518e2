package io.uad.runtime.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * A copy of a file that is to be installed, in a folder that only the user can enter, on the disk where it will stay. What is
 * checked is then what is installed, whatever happens to the file in between.
 */
final class StagedPlugin implements Closeable {
    private final Path target;
    private final Path work;
    private final Path copy;
    private final Deque<Path> made;

    private StagedPlugin(Path target, Path work, Deque<Path> made) {
        this.target = target;
        this.work = work;
        this.copy = work.resolve(target.getFileName());
        this.made = made;
    }

    /**
     * Copies a file.
     *
     * @param folder where it will be installed; made if missing
     */
    static StagedPlugin copy(Path file, Path folder) throws IOException {
        var made = missing(folder);
        Path work = null;
        try {
            Files.createDirectories(folder);
            work = Files.createTempDirectory(folder, ".installing");
            var staged = new StagedPlugin(folder.resolve(file.getFileName()), work, made);
            Files.copy(file, staged.copy);
            return staged;
        } catch (IOException | RuntimeException e) {
            if (work != null) {
                delete(work);
            }
            removeIfEmpty(made);
            throw e;
        }
    }

    /** The copy, under the file's own name. */
    Path file() {
        return copy;
    }

    /** Where a zip may be unpacked to for a look at it. */
    Path cache() {
        return work.resolve("cache");
    }

    /** Puts the copy in its place, over what lies there. */
    Path install() throws IOException {
        return Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes all that was not installed. */
    @Override
    public void close() throws IOException {
        delete(work);
        removeIfEmpty(made);
    }

    /** Removes a file or a folder with all that is in it. */
    static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The folder and those above it that are not there yet, innermost first. */
    private static Deque<Path> missing(Path folder) {
        var missing = new ArrayDeque<Path>();
        for (var path = folder.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
            missing.add(path);
        }
        return missing;
    }

    private static void removeIfEmpty(Deque<Path> folders) throws IOException {
        for (var folder : folders) {
            if (Files.exists(folder)) {
                if (!isEmpty(folder)) {
                    return;
                }
                Files.delete(folder);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
