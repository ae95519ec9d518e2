package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells the files that runs and probes write from all others, which are never touched. */
final class RunContents {
    private static final List<String> FOLDERS = List.of("checkpoints", "clusters", "log");

    /** Relative paths, with {@code /}; any of them may also be a temporary file that a killed process left. */
    private static final Pattern OWN = Pattern.compile("config\\.yaml|run\\.json|metrics\\.jsonl|timings\\.jsonl"
            + "|(checkpoint|best)(\\.next)?\\.(safetensors|json)"
            + "|checkpoints/checkpoint-\\d+(\\.next)?\\.(safetensors|json)"
            + "|clusters/epoch-\\d+\\.csv\\.gz"
            + "|log/(loss|loss_log|prec1|prec5)(\\.[a-z]+)?");

    private static final Pattern TEMPORARY = Pattern.compile("(.*/)?\\.([^/]+)\\.tmp");

    private RunContents() {}

    /** @throws UadException of kind CONFIG if the folder holds what the mode does not allow */
    static void check(Path folder, RunFolder.Mode mode) {
        try {
            var entries = entries(folder);
            if (entries.isEmpty() || (mode != RunFolder.Mode.FRESH && isRun(folder))) {
                return;
            }
            if (isRun(folder)) {
                throw UadException.config(
                        "the folder holds another run",
                        folder.toString(),
                        "an empty or new output folder",
                        "Go on with that run by --resume, replace it by --overwrite, or choose another folder with --exp");
            }
            throw UadException.config(
                    "the folder holds files of something else, such as " + entries.get(0),
                    folder.toString(),
                    "an empty or new output folder" + (mode == RunFolder.Mode.FRESH ? "" : ", or one of a run"),
                    "Choose another folder with --exp");
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
    }

    /** Deletes what runs write. A folder goes only when nothing else is in it. */
    static void delete(Path folder) {
        try {
            for (var entry : entries(folder)) {
                if (isOwn(entry)) {
                    Files.deleteIfExists(folder.resolve(entry));
                } else if (FOLDERS.contains(entry)) {
                    deleteWithin(folder, entry);
                }
            }
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
    }

    private static void deleteWithin(Path folder, String name) throws IOException {
        var inner = folder.resolve(name);
        if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (var entry : entries(inner)) {
            if (isOwn(name + "/" + entry)) {
                Files.deleteIfExists(inner.resolve(entry));
            }
        }
        try {
            Files.delete(inner);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else's files are in it; they stay.
            return;
        }
    }

    private static boolean isOwn(String path) {
        return OWN.matcher(path).matches()
                || OWN.matcher(TEMPORARY.matcher(path).replaceFirst("$1$2")).matches();
    }

    /** Marked by the lock; or, if the mark was lost when the folder was copied, by the provenance or a checkpoint. */
    private static boolean isRun(Path folder) throws IOException {
        return FolderLock.marked(folder)
                || Provenance.isOne(folder.resolve("run.json"))
                || Files.exists(folder.resolve("checkpoint" + CheckpointPair.TENSORS));
    }

    /** Names of everything in a folder but the lock, sorted. */
    private static List<String> entries(Path folder) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FolderLock.FILE))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }
}
