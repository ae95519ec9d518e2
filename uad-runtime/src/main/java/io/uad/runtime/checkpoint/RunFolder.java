package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;

/**
 * A run's folder, locked for this process while it is open.
 *
 * <pre>
 * config.yaml  run.json  metrics.jsonl  timings.jsonl  clusters/  checkpoints/  checkpoint.safetensors (+ .json)  logs/
 * </pre>
 *
 * <p>The lock is the operating system's, on the file {@code .lock}, so it ends with the process, however that ends. The
 * file stays: it marks the folder as a run's.
 */
public final class RunFolder implements AutoCloseable {
    /** In place of free bytes: 0 is a full disk. */
    public static final long UNKNOWN_BYTES = -1;

    /** What may already be in the folder. */
    public enum Mode {
        /** Nothing. */
        FRESH,
        /** One of the same kind, which {@link #clear} deletes; files that no run writes stay. */
        OVERWRITE,
        /** A run that goes on, or nothing. */
        RESUME
    }

    /** What works in the folder. */
    public enum Kind {
        /** A pretext run. */
        RUN,
        /** An evaluation. */
        PROBE,
        /** A quickstart, which has folders for a run and for probes in it. */
        QUICKSTART
    }

    private final Path path;
    private final FolderLock lock;
    private final boolean made;
    private boolean keepsLogs;

    private RunFolder(Path path, FolderLock lock, boolean made) {
        this.path = path;
        this.lock = lock;
        this.made = made;
    }

    /**
     * Opens a folder, making it if it is missing. What is in it stays until {@link #clear}, but for the temporary files of
     * a process that was killed.
     *
     * @throws UadException of kind CONFIG if it holds what the mode does not allow, RESOURCE if it cannot be written or
     *     another process uses it
     */
    public static RunFolder open(Path path, Kind kind, Mode mode) {
        var folder = path.toAbsolutePath().normalize();
        var made = !Files.exists(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
        var lock = FolderLock.acquire(folder, kind, marked -> RunContents.check(folder, kind, mode, marked));
        var done = false;
        try {
            RunContents.delete(folder, false, "");
            done = true;
        } finally {
            if (!done) {
                lock.close();
            }
        }
        return new RunFolder(folder, lock, made);
    }

    /**
     * Finds out whether {@link #open} would refuse a folder, and writes nothing.
     *
     * @throws UadException as {@link #open}
     */
    public static void check(Path path, Kind kind, Mode mode) {
        var folder = path.toAbsolutePath().normalize();
        var place = existing(folder);
        try {
            if (!Files.isDirectory(place)) {
                var below = folder.equals(place)
                        ? place
                        : place.resolve(place.relativize(folder).getName(0));
                Files.readAttributes(below, BasicFileAttributes.class); // fails unless the file itself is in the way
                throw new FileAlreadyExistsException(below.toString());
            }
            if (folder.equals(place)) {
                FolderLock.check(folder, marked -> RunContents.check(folder, kind, mode, marked));
            }
            if (!Files.isWritable(place)) {
                var cause = new AccessDeniedException(place.toString());
                throw AtomicFile.failure(folder.equals(place) ? folder.resolve(FolderLock.FILE) : folder, 0, cause);
            }
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
    }

    /** How many bytes may still be written where a folder is or will be; {@link #UNKNOWN_BYTES} if that cannot be told. */
    public static long freeBytes(Path folder) {
        var place = existing(folder.toAbsolutePath().normalize()).toFile();
        return place.getTotalSpace() == 0 ? UNKNOWN_BYTES : place.getUsableSpace(); // Java says 0 where it cannot tell
    }

    /** A folder, or the nearest one above it that is there. */
    private static Path existing(Path folder) {
        var place = folder;
        while (Files.notExists(place, LinkOption.NOFOLLOW_LINKS) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    /** Deletes what a run or probe wrote here; files that none writes stay, and {@link #logs} of this session. */
    public void clear() {
        RunContents.delete(path, true, keepsLogs ? RunContents.LOGS : "");
    }

    /** A new folder for what the other processes of this session say; what those of another have said is deleted. */
    public Path logs() {
        RunContents.deleteLogs(path);
        keepsLogs = true;
        var logs = path.resolve(RunContents.LOGS);
        try {
            return Files.createDirectories(logs);
        } catch (IOException e) {
            throw AtomicFile.failure(logs, 0, e);
        }
    }

    /** The folder itself, absolute. */
    public Path path() {
        return path;
    }

    /** The resolved configuration. */
    public Path config() {
        return path.resolve("config.yaml");
    }

    /** Versions, plugins, machine, times: see {@link Provenance}. */
    public Path provenance() {
        return path.resolve("run.json");
    }

    /** The repeatable log. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** The log of seconds. */
    public Path timings() {
        return path.resolve("timings.jsonl");
    }

    /** The assignments of an epoch: see {@link ClusterFile}. */
    public Path clusters(int epoch) {
        return path.resolve("clusters").resolve(String.format(Locale.ROOT, "epoch-%04d.csv.gz", epoch));
    }

    /** The checkpoints in this folder. */
    public CheckpointStore checkpoints(int keep) {
        return new CheckpointStore(path, keep);
    }

    /**
     * The lines of each log {@code *.jsonl}, by file name; a last line without its end does not count. When this returns
     * those lines are on the disk, so a checkpoint may rely on them.
     */
    public Map<String, Long> lineCounts() {
        return RunLogs.lineCounts(path);
    }

    /**
     * Takes the folder back to where it was when a checkpoint was written: later checkpoints and assignments are deleted,
     * of a future that will not be, and the logs are cut. A log of the runtime's that the checkpoint does not name is
     * emptied. A run that goes on calls it before it writes.
     *
     * @throws UadException of kind DATA if a log is shorter than it was then; nothing is changed in that case
     */
    public void returnTo(CheckpointManifest manifest) {
        RunLogs.check(path, manifest.logLines());
        checkpoints(1).discardAfter(manifest.position());
        RunContents.deleteClustersAfter(path, manifest.position().epoch());
        RunLogs.cutBack(path, manifest.logLines());
    }

    /** Releases the lock, and removes a new folder that nothing was written to. The second time it does nothing. */
    @Override
    public void close() {
        if (made && lock.isHeld()) { // as long as no one else can work there
            RunContents.removeUnused(path);
        }
        lock.close();
    }
}
