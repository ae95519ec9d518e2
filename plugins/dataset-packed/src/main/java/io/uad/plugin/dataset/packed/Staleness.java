package io.uad.plugin.dataset.packed;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a packed file with the folder that it is a copy of, if that is there: names and lengths of all image files, and the
 * last 4 KiB of 512 that are spread evenly. So a million files take seconds, and one that was replaced by another of equal
 * length goes unnoticed unless it is among those.
 */
final class Staleness {
    private static final int NAMED = 3;

    private final Path path;
    private final PackFile file;
    private final List<String> gone = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();

    Staleness(Path path, PackFile file) {
        this.path = path;
        this.file = file;
    }

    /** @throws UadException of kind DATA if the folder holds other images by now */
    void refuse() {
        var folder = file.description().folder().map(Path::of).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return; // such as on another machine
        }
        try {
            var found = found(folder.get());
            compare(folder.get(), found);
            if (!gone.isEmpty() || !changed.isEmpty() || !found.isEmpty()) {
                throw stale(folder.get(), List.copyOf(found.keySet()));
            }
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA,
                    "it cannot be compared with its original: " + e,
                    path.toString(),
                    "",
                    "Grant the right to read " + folder.get() + ", or set dataset.check=never",
                    e);
        }
    }

    private static Map<String, Long> found(Path folder) throws IOException {
        var found = new LinkedHashMap<String, Long>();
        for (var image : ImageFiles.below(folder).images()) {
            found.put(image.path(), image.length());
        }
        return found;
    }

    /** Leaves in {@code found} what is new. */
    private void compare(Path folder, Map<String, Long> found) throws IOException {
        var entries = file.entries();
        for (var i = 0; i < entries; i++) {
            var entry = file.entry(i);
            var name = file.name(entry);
            var length = found.remove(name);
            if (length == null) {
                gone.add(name);
            } else if (length != entry.original().length()
                    || (Original.hasTail(i, entries)
                            && Original.tail(folder.resolve(name), length)
                                    != entry.original().tail())) {
                changed.add(name);
            }
        }
    }

    private UadException stale(Path folder, List<String> added) {
        var differences = new ArrayList<String>();
        describe("new", added, differences);
        describe("gone", gone, differences);
        describe("changed", changed, differences);
        return UadException.data(
                "its original, " + folder + ", has changed since it was packed: " + String.join("; ", differences),
                path.toString(),
                "a copy of the images that are there",
                "Pack them again with 'uad dataset pack', or use the old copy by dataset.check=never");
    }

    private static void describe(String what, List<String> names, List<String> into) {
        if (!names.isEmpty()) {
            into.add(names.size() + " " + what + " ("
                    + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                    + (names.size() > NAMED ? ", ..." : "") + ")");
        }
    }
}
