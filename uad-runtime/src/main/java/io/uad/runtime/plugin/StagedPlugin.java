package io.uad.runtime.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * A copy of a file that is to be installed, in a folder that only the user can enter, on the disk where it will stay. What is
 * checked is then what is installed, whatever happens to the file in between.
 */
final class StagedPlugin implements Closeable {
    private final Path target;
    private final TemporaryFolder work;
    private final Deque<Path> made;
    private final Consumer<String> warnings;

    private StagedPlugin(Path target, TemporaryFolder work, Deque<Path> made, Consumer<String> warnings) {
        this.target = target;
        this.work = work;
        this.made = made;
        this.warnings = warnings;
    }

    /**
     * Copies a file.
     *
     * @param folder where it will be installed; made if missing
     * @param warnings takes a sentence without a full stop if something cannot be removed at the end
     */
    static StagedPlugin copy(Path file, Path folder, Consumer<String> warnings) throws IOException {
        var made = missing(folder);
        TemporaryFolder work = null;
        try {
            work = TemporaryFolder.in(folder, ".installing");
            var staged = new StagedPlugin(folder.resolve(file.getFileName()), work, made, warnings);
            Files.copy(file, staged.file());
            return staged;
        } catch (IOException | RuntimeException e) {
            if (work != null) {
                work.close();
            }
            removeIfEmpty(made);
            throw e;
        }
    }

    /** The copy, under the file's own name. */
    Path file() {
        return work.path().resolve(target.getFileName());
    }

    /** Where a zip may be unpacked to for a look at it. */
    Path cache() {
        return work.path().resolve("cache");
    }

    /** Puts the copy in its place, over what lies there. */
    Path install() throws IOException {
        return Files.move(file(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes all that was not installed. */
    @Override
    public void close() {
        try {
            work.close();
            removeIfEmpty(made);
        } catch (IOException e) {
            warnings.accept("cannot remove " + work.path() + ", which nobody needs any more: " + e);
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
