package io.uad.runtime.plugin;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;

/** A plugin that is zipped. Nothing in it may leave the folder that it is unpacked to. */
public final class PluginZip {
    private static final long MOST_BYTES = 8L << 30;

    private final Path file;

    public PluginZip(Path file) {
        this.file = file;
    }

    /**
     * Looks at every entry, of a jar too.
     *
     * @throws UadException of kind PLUGIN if it is no zip, or if an entry is a link or leads out of the folder, with the
     *     entry's name
     */
    public void check() {
        try (var zip = ZipFile.builder().setPath(file).get()) {
            var names = new HashSet<String>();
            for (var entry : Collections.list(zip.getEntries())) {
                check(entry);
                if (!names.add(entry.getName())) {
                    throw broken("holds an entry twice, '" + entry.getName() + "'", null);
                }
            }
        } catch (IOException e) {
            throw broken("is no zip that can be read: " + e.getMessage(), e);
        }
    }

    /**
     * Unpacks to a folder named after the contents, unless that was done before.
     *
     * @param cache where such folders lie; made if missing
     * @throws UadException as {@link #check}; of kind RESOURCE if the disk refuses
     */
    Path unpack(Path cache) {
        check();
        requireForm();
        try {
            var target = cache.resolve(CodeOrigin.hash(file).substring(0, 32));
            if (Files.isDirectory(target)) {
                return target;
            }
            Files.createDirectories(cache);
            var temporary = Files.createTempDirectory(cache, "unpacking");
            try {
                unpackTo(temporary);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                delete(temporary);
                if (!Files.isDirectory(target)) { // another process was quicker
                    throw e;
                }
            }
            return target;
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "cannot unpack the plugin " + file + ": " + e.getMessage(),
                    cache.toString(),
                    "a folder that can be written",
                    "Set UAD_HOME to a folder that can be written, or unzip the plugin yourself",
                    e);
        }
    }

    private void requireForm() {
        try (var zip = ZipFile.builder().setPath(file).get()) {
            if (zip.getEntry("plugin.properties") == null) {
                throw broken("has no plugin.properties at its top", null);
            }
        } catch (IOException e) {
            throw broken("is no zip that can be read: " + e.getMessage(), e);
        }
    }

    private void unpackTo(Path target) throws IOException {
        var left = MOST_BYTES;
        try (var zip = ZipFile.builder().setPath(file).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                var path = target.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    try (var in = BoundedInputStream.builder()
                            .setInputStream(zip.getInputStream(entry))
                            .setMaxCount(left + 1)
                            .get()) {
                        left -= Files.copy(in, path);
                    }
                    if (left < 0) {
                        throw broken("unpacks to more than " + (MOST_BYTES >> 30) + " GiB", null);
                    }
                }
            }
        }
    }

    private void check(ZipArchiveEntry entry) {
        var name = entry.getName();
        if (entry.isUnixSymlink()) {
            throw broken("holds a symbolic link, '" + name + "'", null);
        }
        if (!staysInside(name)) {
            throw broken("holds an entry that leads out of its folder or has no possible name, '" + name + "'", null);
        }
    }

    private static boolean staysInside(String name) {
        var folder = Path.of("folder").toAbsolutePath().normalize();
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0) {
            return false;
        }
        try {
            var path = folder.resolve(name).normalize();
            return path.startsWith(folder) && !path.equals(folder);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private UadException broken(String found, @Nullable Throwable cause) {
        return new UadException(
                ErrorKind.PLUGIN,
                "the plugin " + file + " " + found,
                file.toString(),
                "a jar or zip whose entries stay inside",
                "Get it again from where it came, and do not use this one",
                cause);
    }
}
