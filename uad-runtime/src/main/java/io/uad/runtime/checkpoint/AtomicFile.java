package io.uad.runtime.checkpoint;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Replaces files so that a reader, or a run that is killed, finds either the old content or the new one.
 *
 * <p>The content goes to a temporary file in the same folder, is synced, and renamed over the target; then the folder is
 * synced where the system can do that. A failure leaves the target as it was and no temporary file.
 */
public final class AtomicFile {
    /** Writes the content; need not flush or close the stream, which is not buffered. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Replaces a file. Its folder must exist; two threads must not replace the same file at once.
     *
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public static void write(Path target, byte[] content) {
        write(target, content.length, out -> out.write(content));
    }

    /**
     * Replaces a file.
     *
     * @param bytesNeeded how long it will be, for the message of a failure; 0 if that is not known
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public static void write(Path target, long bytesNeeded, Content content) {
        replace(target, bytesNeeded, content::writeTo);
    }

    /**
     * Replaces a file whose beginning is known only when the rest is written.
     *
     * @param headerBytes how long that beginning is
     * @param rest writes what follows it
     * @param header then tells it
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public static void write(Path target, int headerBytes, Content rest, Supplier<byte[]> header) {
        replace(target, 0, file -> {
            file.write(new byte[headerBytes]);
            rest.writeTo(file);
            var beginning = header.get();
            if (beginning.length != headerBytes) {
                throw new IllegalStateException("a header of " + beginning.length + " bytes, not " + headerBytes);
            }
            file.getChannel().position(0);
            file.write(beginning);
        });
    }

    private interface FileContent {
        void writeTo(FileOutputStream out) throws IOException;
    }

    private static void replace(Path target, long bytesNeeded, FileContent content) {
        var temporary = temporary(target);
        var done = false;
        // A plain stream and no channel: a run that is stopped by an interrupt must still be able to write its
        // checkpoint.
        try (var out = new FileOutputStream(temporary.toFile())) {
            content.writeTo(out);
            out.getFD().sync();
            out.close();
            move(temporary, target);
            done = true;
        } catch (IOException e) {
            discard(temporary); // before the free space is looked at
            throw failure(target, bytesNeeded, e);
        } finally {
            if (!done) {
                discard(temporary);
            }
        }
    }

    /** Removes what a write that was killed has left, so that its room is free. */
    public static void removeLeftover(Path target) {
        discard(temporary(target));
    }

    /** Renames a file within its folder, over what was there. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(to);
    }

    /** What {@link #write} leaves behind if the process is killed; the next write replaces it. */
    static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".tmp");
    }

    /**
     * What a user is told whose file or folder cannot be written.
     *
     * @param bytesNeeded how long it was to be; 0 if that is not known
     */
    public static UadException failure(Path target, long bytesNeeded, IOException cause) {
        var file = target.toAbsolutePath();
        var folder = file.getParent();
        if (folder != null && Files.notExists(folder)) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "cannot be written: there is no folder " + folder,
                    file.toString(),
                    "a folder that exists",
                    "Make that folder, or choose another one",
                    cause);
        }
        var free = folder == null ? 0 : folder.toFile().getUsableSpace();
        var sizes = bytesNeeded > 0
                ? " (" + bytesNeeded + " bytes needed, " + free + " free)"
                : " (" + free + " bytes free)";
        return new UadException(
                ErrorKind.RESOURCE,
                "cannot be written: " + reason(cause) + sizes,
                file.toString(),
                "a writable folder with room",
                "Free some space or permit writing there, or choose another output folder",
                cause);
    }

    /** A whole file; unlike {@link Files#readAllBytes} also in a thread that was interrupted. */
    static byte[] read(Path file) throws IOException {
        try (var in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static void syncFolder(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || File.separatorChar == '\\') {
            return; // Windows opens no folders; there the rename itself is logged by the file system
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some network file systems refuse; the file is complete either way.
            return;
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The error that brought us here is the one to report; the next write replaces the file.
            return;
        }
    }
}
