package io.uad.plugin.engine.djl.natives;

import ai.djl.util.Utils;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Installed natives in DJL's cache: a folder per flavor, which appears and goes by a rename. Work in hand lies in folders
 * with another beginning; what a killed process left of it, the next one removes.
 *
 * @param folder DJL's cache for PyTorch
 */
record NativesStore(Path folder) {
    private static final String IN_HAND = ".uad-natives-";
    private static final String LOCK = ".uad-natives.lock";

    /** What is done while nobody else changes the installed natives. */
    @FunctionalInterface
    interface Work<T> {
        /** @param inHand an empty folder, which is removed afterwards */
        T in(Path inHand) throws IOException;
    }

    /** Where DJL keeps its own: {@code ENGINE_CACHE_DIR} or a folder of the user's. */
    static NativesStore ofDjl() {
        return new NativesStore(
                Utils.getEngineCacheDir("pytorch").toAbsolutePath().normalize());
    }

    /** Where DJL would put what it downloads. */
    Path place(String flavor) {
        return folder.resolve(JniLibrary.version() + "-" + flavor + "-" + Platform.here());
    }

    /** What is installed, by us or by DJL itself; the latest flavor first. */
    List<Installation> installed() {
        return JniLibrary.flavors(Platform.here()).stream()
                .sorted(Comparator.reverseOrder())
                .filter(flavor -> !flavor.startsWith("cpu"))
                .map(flavor -> Installation.in(place(flavor), flavor))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Works in a folder of its own.
     *
     * @throws UadException of kind RESOURCE if another process is at it, or something cannot be written
     */
    <T> T change(Work<T> work) {
        try {
            Files.createDirectories(folder);
            try (var lock =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (!locked(lock)) {
                    throw UadException.resource(
                            "another process installs natives",
                            folder.toString(),
                            "one at a time",
                            "Wait until it has ended");
                }
                removeLeftovers();
                var inHand = Files.createTempDirectory(folder, IN_HAND);
                try {
                    return work.in(inHand);
                } finally {
                    delete(inHand);
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        } catch (UncheckedIOException e) {
            throw unwritable(new IOException(e.getMessage(), e));
        }
    }

    /** Puts a folder in its place; what was there goes. */
    void put(Path made, String flavor, Path inHand) throws IOException {
        var place = place(flavor);
        var old = inHand.resolve("old");
        var isReplaced = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        if (isReplaced) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (isReplaced) {
                Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    /** Takes an installation away. */
    void remove(Installation installation, Path inHand) throws IOException {
        Files.move(installation.root(), inHand.resolve(installation.flavor()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean locked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void removeLeftovers() throws IOException {
        var leftovers = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, IN_HAND + "*")) {
            entries.forEach(leftovers::add);
        }
        for (var leftover : leftovers) {
            if (Files.isDirectory(leftover)) { // not the lock
                delete(leftover);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(tree)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.deleteIfExists(file);
        }
    }

    private UadException unwritable(IOException cause) {
        var reason = cause instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : cause.getClass().getSimpleName();
        return new UadException(
                ErrorKind.RESOURCE,
                "natives cannot be installed or removed there: " + reason + " (" + cause.getMessage() + ")",
                folder.toString(),
                "a folder that can be written, with some gigabytes free",
                "Mend that, or name another folder by the environment variable ENGINE_CACHE_DIR",
                cause);
    }
}
