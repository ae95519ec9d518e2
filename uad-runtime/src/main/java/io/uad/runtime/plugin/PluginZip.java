package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;

/** A plugin that is zipped. Nothing in it may leave the folder that it is unpacked to. */
public final class PluginZip {
    private static final long MOST_BYTES = 8L << 30;

    private final Path origin;
    private final Path file;

    public PluginZip(Path file) {
        this(file, file);
    }

    /**
     * @param origin what the user put there, which messages name
     * @param file what is read: the same or a copy
     */
    PluginZip(Path origin, Path file) {
        this.origin = origin;
        this.file = file;
    }

    /**
     * Looks at every entry, of a jar too.
     *
     * @throws UadException of kind PLUGIN if it is no zip, or if an entry is a link or leads out of the folder, with the
     *     entry's name
     */
    public void check() {
        read(zip -> {
            var paths = new HashSet<Path>();
            var files = new HashSet<Path>();
            for (var entry : Collections.list(zip.getEntries())) {
                var path = checked(entry);
                if (!paths.add(path)) {
                    throw broken("holds an entry twice, '" + entry.getName() + "'", null);
                }
                if (!entry.isDirectory()) {
                    files.add(path);
                }
            }
            for (var path : paths) {
                for (var above = path.getParent(); above != null; above = above.getParent()) {
                    if (files.contains(above)) {
                        throw broken("holds '" + slashed(above) + "' as a file and as a folder", null);
                    }
                }
            }
        });
    }

    /**
     * As {@link #check}, and unpacks every entry to nowhere.
     *
     * @throws UadException of kind PLUGIN besides if an entry is damaged or the whole is too large, with the entry's name
     */
    public void checkWholly() {
        check();
        read(zip -> {
            var left = MOST_BYTES;
            for (var entry : Collections.list(zip.getEntries())) {
                left -= checkBytes(zip, entry, left);
            }
        });
    }

    private long checkBytes(ZipFile zip, ZipArchiveEntry entry, long most) {
        if (entry.isDirectory()) {
            return 0;
        }
        var sum = new CRC32();
        long size;
        try (var in = new CheckedInputStream(bounded(zip, entry, most), sum)) {
            size = in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | RuntimeException e) {
            throw broken("is damaged in '" + entry.getName() + "': " + reason(e), e);
        }
        requireRoom(most - size);
        if (size != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw broken("is damaged in '" + entry.getName() + "': its checksum differs", null);
        }
        return size;
    }

    /** Does something with the zip; whatever cannot be read of it is its own fault. */
    private void read(Consumer<ZipFile> work) {
        try (var zip = ZipFile.builder().setPath(file).get()) {
            work.accept(zip);
        } catch (UadException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the latter from fields that make no sense
            throw broken("is no zip that can be read: " + reason(e), e);
        }
    }

    private static String reason(Exception failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static InputStream bounded(ZipFile zip, ZipArchiveEntry entry, long most) throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(zip.getInputStream(entry))
                .setMaxCount(most + 1)
                .get();
    }

    private void requireRoom(long left) {
        if (left < 0) {
            throw broken("unpacks to more than " + (MOST_BYTES >> 30) + " GiB", null);
        }
    }

    /**
     * Unpacks to a folder named after the contents, unless that was done before.
     *
     * @param cache where such folders lie; made if missing
     * @throws UadException as {@link #checkWholly}; of kind RESOURCE if the disk refuses
     */
    Path unpack(Path cache) {
        check();
        requireForm();
        try {
            var target = unpacked(cache);
            if (Files.isDirectory(target)) {
                return target;
            }
            checkWholly(); // what then fails is the disk
            try (var temporary = TemporaryFolder.in(cache, "unpacking")) {
                var unpacked = Files.createTempDirectory(temporary.path(), "plugin");
                unpackTo(unpacked);
                Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.isDirectory(target)) { // else another process was quicker
                    throw e;
                }
            }
            return target;
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "cannot unpack the plugin " + origin + ": " + e.getMessage(),
                    cache.toString(),
                    "a folder that can be written",
                    "Set UAD_HOME to a folder that can be written, or unzip the plugin yourself",
                    e);
        }
    }

    /** Where {@link #unpack} puts it, or has put it. */
    Path unpacked(Path cache) {
        return cache.resolve(CodeOrigin.hash(file).substring(0, 32));
    }

    private void requireForm() {
        read(zip -> {
            if (zip.getEntry("plugin.properties") == null) {
                throw broken("has no plugin.properties at its top", null);
            }
        });
    }

    private void unpackTo(Path target) throws IOException {
        var left = MOST_BYTES;
        try (var zip = ZipFile.builder().setPath(file).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                var path = target.resolve(checked(entry));
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    try (var in = bounded(zip, entry, left)) {
                        left -= Files.copy(in, path);
                    }
                    requireRoom(left);
                }
            }
        }
    }

    /** Where an entry lies within the plugin's folder. */
    private Path checked(ZipArchiveEntry entry) {
        var name = entry.getName();
        if (entry.isUnixSymlink()) {
            throw broken("holds a symbolic link, '" + name + "'", null);
        }
        return inside(name)
                .orElseThrow(() -> broken(
                        "holds an entry that leads out of its folder or has no possible name, '" + name + "'", null));
    }

    private static Optional<Path> inside(String name) {
        var folder = Path.of("folder").toAbsolutePath().normalize();
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        try {
            var path = folder.resolve(name).normalize();
            return path.startsWith(folder) && !path.equals(folder)
                    ? Optional.of(folder.relativize(path))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private UadException broken(String found, @Nullable Throwable cause) {
        return new UadException(
                ErrorKind.PLUGIN,
                "the plugin " + origin + " " + found,
                origin.toString(),
                "a jar or zip whose entries stay inside",
                "Get it again from where it came, and do not use this one",
                cause);
    }
}
