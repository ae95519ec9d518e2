package io.uad.runtime.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.file.PathUtils;

/**
 * A folder for work in hand, which only the user can enter. It goes when it is closed or the process is told to end; what a
 * killed process left behind, the next one removes.
 */
public final class TemporaryFolder implements Closeable {
    /** Locked for as long as the folder is in use. */
    private static final String LOCK = "lock";
    /** For a folder whose lock tells nothing, as on a disk that knows no locks. */
    private static final Duration LONGEST_USE = Duration.ofDays(1);
    /** Of this process, for which a lock would not tell. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private final Thread hook;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
        this.hook = new Thread(this::removeAtTheEnd, "uad-temporary-folder");
    }

    /**
     * Makes one, and removes those with the same beginning that nobody uses any more.
     *
     * @param parent made if missing
     */
    public static TemporaryFolder in(Path parent, String beginning) throws IOException {
        Files.createDirectories(parent);
        removeStale(parent, beginning);
        var path = Files.createTempDirectory(parent, beginning).toAbsolutePath();
        OPEN.add(path);
        try {
            var folder = new TemporaryFolder(
                    path,
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            folder.protect();
            return folder;
        } catch (IOException | RuntimeException e) {
            OPEN.remove(path);
            delete(path);
            throw e;
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private void protect() {
        try {
            lock.tryLock();
        } catch (IOException e) {
            // a disk without locks: then its age tells
        }
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the next one removes it
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook does the same
        }
        remove();
    }

    private void removeAtTheEnd() {
        try {
            remove();
        } catch (IOException e) {
            // the next process removes it
        }
    }

    private void remove() throws IOException {
        try {
            lock.close();
            delete(path);
        } finally {
            OPEN.remove(path);
        }
    }

    private static void removeStale(Path parent, String beginning) throws IOException {
        try (var entries = Files.newDirectoryStream(parent, beginning + "*")) {
            for (var entry : entries) {
                try {
                    if (isStale(entry)) {
                        delete(entry);
                    }
                } catch (IOException e) {
                    // it does no harm, and another process may be at the same
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isStale(Path folder) throws IOException {
        if (OPEN.contains(folder.toAbsolutePath())) {
            return false;
        }
        var old = Files.getLastModifiedTime(folder)
                .toInstant()
                .isBefore(Instant.now().minus(LONGEST_USE));
        if (!Files.exists(folder.resolve(LOCK))) {
            return old;
        }
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return old;
        }
    }

    /** Removes a file or a folder with all that is in it; nothing if it is gone already. */
    public static void delete(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            PathUtils.delete(path);
        }
    }
}
