package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Keeps other runs out of a folder, in this process and in others. */
final class FolderLock implements AutoCloseable {
    static final String FILE = ".lock";
    /** One byte far behind the text, so that the text can be read while the lock is held, on Windows too. */
    private static final long LOCKED_BYTE = 1L << 40;

    /**
     * The system's locks belong to the process and end when any handle of the file is closed, so this process must not
     * even open a file that it has locked.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks an existing folder.
     *
     * @param kind how the folder is marked from then on
     * @param check looks at the folder, knowing how it has been marked before, and throws to refuse it; then no lock is
     *     held and the folder is as before
     */
    static FolderLock acquire(Path folder, RunFolder.Kind kind, Consumer<Optional<RunFolder.Kind>> check) {
        var key = key(folder);
        if (!HELD.add(key)) {
            throw inUse(folder);
        }
        var done = false;
        try {
            var lock = lock(key, folder, kind, check);
            done = true;
            return lock;
        } catch (IOException e) {
            throw AtomicFile.failure(folder.resolve(FILE), 0, e);
        } finally {
            if (!done) {
                HELD.remove(key);
            }
        }
    }

    /**
     * Finds out whether {@link #acquire} would refuse an existing folder, which stays as it is.
     *
     * @param check as there
     */
    static void check(Path folder, Consumer<Optional<RunFolder.Kind>> check) {
        var key = key(folder);
        var file = folder.resolve(FILE);
        if (!HELD.add(key)) {
            throw inUse(folder);
        }
        try {
            if (!Files.exists(file)) {
                check.accept(Optional.empty());
                return;
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                    throw inUse(folder);
                }
                check.accept(marked(channel));
            }
        } catch (IOException e) {
            throw AtomicFile.failure(file, 0, e);
        } finally {
            HELD.remove(key);
        }
    }

    /** Whether it was not closed yet. */
    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw AtomicFile.failure(folder.resolve(FILE), 0, e);
            } finally {
                HELD.remove(folder);
            }
        }
    }

    private static FolderLock lock(Path key, Path folder, RunFolder.Kind kind, Consumer<Optional<RunFolder.Kind>> check)
            throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            check.accept(Optional.empty()); // before a folder that is refused gets a file that it did not have
        }
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var done = false;
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null || Files.notExists(file)) {
                throw inUse(folder); // or was, a moment ago, by one that took its empty folder back
            }
            check.accept(marked(channel));
            channel.write(StandardCharsets.US_ASCII.encode(mark(kind)), 0);
            done = true;
            return new FolderLock(key, channel);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static String mark(RunFolder.Kind kind) {
        return "A " + kind.name().toLowerCase(Locale.ROOT) + " of UAD lives here.\n";
    }

    private static Optional<RunFolder.Kind> marked(FileChannel channel) throws IOException {
        var start = ByteBuffer.allocate(64);
        channel.read(start, 0);
        var text = StandardCharsets.US_ASCII.decode(start.flip()).toString();
        return Arrays.stream(RunFolder.Kind.values())
                .filter(kind -> text.startsWith(mark(kind)))
                .findFirst();
    }

    private static Path key(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
    }

    private static UadException inUse(Path folder) {
        return UadException.resource(
                "in use by another run",
                folder.toString(),
                "a folder that no other process works in",
                "Wait for that run or stop it, or choose another output folder");
    }
}
