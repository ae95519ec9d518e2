package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps other runs out of a folder, in this process and in others. */
final class FolderLock implements AutoCloseable {
    static final String FILE = ".lock";
    private static final String MARK = "A run of UAD lives here.\n";
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
     * @param check looks at the folder under the lock, before it is marked as a run's; if it throws, no lock is held and
     *     the folder is as before
     */
    static FolderLock acquire(Path folder, Runnable check) {
        var key = key(folder);
        if (!HELD.add(key)) {
            throw inUse(folder);
        }
        var done = false;
        try {
            var lock = lock(key, folder, check);
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

    /** Whether a run marked the folder as its own. */
    static boolean marked(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file) && Files.size(file) == MARK.length();
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

    private static FolderLock lock(Path key, Path folder, Runnable check) throws IOException {
        var file = folder.resolve(FILE);
        var existed = Files.exists(file);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var done = false;
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                existed = true; // another run's
                throw inUse(folder);
            }
            check.run();
            channel.write(ByteBuffer.wrap(MARK.getBytes(StandardCharsets.US_ASCII)), 0);
            done = true;
            return new FolderLock(key, channel);
        } finally {
            if (!done) {
                channel.close();
                if (!existed) {
                    Files.deleteIfExists(file);
                }
            }
        }
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
