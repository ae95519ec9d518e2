package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells the files that runs and probes write from all others, which are never touched. */
final class RunContents {
    /** What the other processes of a run say. */
    static final String LOGS = "logs";

    private static final List<String> FOLDERS = List.of("checkpoints", "clusters", "log", LOGS);

    /** Relative paths, with {@code /}; any of them may also be a temporary file that a killed process left. */
    private static final Pattern OWN = Pattern.compile("config\\.yaml|run\\.json|metrics\\.jsonl|timings\\.jsonl"
            + "|(checkpoint|best)(-[A-Za-z0-9_.-]+)?(\\.next)?\\.(safetensors|json)"
            + "|checkpoints/checkpoint-\\d+(\\.next)?\\.(safetensors|json)"
            + "|clusters/epoch-\\d+\\.csv\\.gz"
            + "|logs/rank-\\d+(-crash)?\\.log"
            + "|log/(loss|loss_log|prec1|prec5)(\\.[A-Za-z0-9_.-]+)?"
            + "|features-\\d+");

    private static final Pattern CLUSTERS = Pattern.compile("epoch-(\\d{1,9})\\.csv\\.gz");

    private static final Pattern TEMPORARY = Pattern.compile("(.*/|)\\.([^/]+)\\.tmp");

    private RunContents() {}

    /**
     * @param kind what is going to work in the folder
     * @param marked what has marked the folder as its own
     * @throws UadException of kind CONFIG if the folder holds what the mode does not allow
     */
    static void check(Path folder, RunFolder.Kind kind, RunFolder.Mode mode, Optional<RunFolder.Kind> marked) {
        try {
            var entries = entries(folder);
            if (entries.isEmpty() || (marked.isPresent() && entries.equals(List.of(LOGS)))) {
                return; // at most one that ended before it began
            }
            var found = marked.or(() -> isRun(folder) ? Optional.of(RunFolder.Kind.RUN) : Optional.empty());
            if (found.isEmpty()) {
                throw UadException.config(
                        "the folder holds files of something else, such as " + entries.get(0),
                        folder.toString(),
                        "an empty or new output folder"
                                + (mode == RunFolder.Mode.FRESH ? "" : ", or one of " + a(kind)),
                        "Choose another folder with --exp");
            }
            if (found.get() != kind) {
                throw UadException.config(
                        "the folder holds " + a(found.get()),
                        folder.toString(),
                        "an empty or new output folder, or one of " + a(kind),
                        "Choose another folder with --exp");
            }
            if (mode == RunFolder.Mode.FRESH) {
                throw UadException.config(
                        "the folder holds another " + kind.name().toLowerCase(Locale.ROOT),
                        folder.toString(),
                        "an empty or new output folder",
                        (kind == RunFolder.Kind.RUN ? "Go on with that run by --resume, replace" : "Replace")
                                + " it by --overwrite, or choose another folder with --exp");
            }
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
    }

    private static String a(RunFolder.Kind kind) {
        return switch (kind) {
            case RUN -> "a training run";
            case PROBE -> "a probe";
            case QUICKSTART -> "a quickstart";
        };
    }

    /** Deletes the assignments of later epochs. */
    static void deleteClustersAfter(Path folder, int epoch) {
        var clusters = folder.resolve("clusters");
        if (!Files.isDirectory(clusters, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            for (var entry : entries(clusters)) {
                var name = CLUSTERS.matcher(entry);
                if (name.matches() && Integer.parseInt(name.group(1)) > epoch) {
                    Files.deleteIfExists(clusters.resolve(entry));
                }
            }
        } catch (IOException e) {
            throw AtomicFile.failure(clusters, 0, e);
        }
    }

    /**
     * Deletes what runs write. A folder goes only when nothing else is in it.
     *
     * @param all false for nothing but the temporary files of a process that was killed
     * @param kept the name of a folder that stays as it is; empty for none
     */
    static void delete(Path folder, boolean all, String kept) {
        try {
            for (var entry : entries(folder)) {
                if (entry.equals(kept)) {
                    continue;
                }
                if (isOwn(entry, all)) {
                    Files.deleteIfExists(folder.resolve(entry));
                } else if (FOLDERS.contains(entry)) {
                    deleteWithin(folder, entry, all);
                }
            }
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
    }

    /** Deletes what the other processes of a run have said. */
    static void deleteLogs(Path folder) {
        try {
            deleteWithin(folder, LOGS, true);
        } catch (IOException e) {
            throw AtomicFile.failure(folder.resolve(LOGS), 0, e);
        }
    }

    /** Deletes a folder with nothing but the lock's file in it. */
    static void removeUnused(Path folder) {
        try {
            if (Files.isDirectory(folder) && entries(folder).isEmpty()) {
                Files.deleteIfExists(folder.resolve(FolderLock.FILE));
                Files.delete(folder);
            }
        } catch (IOException e) {
            // it stays: an empty folder does no harm
        }
    }

    private static void deleteWithin(Path folder, String name, boolean all) throws IOException {
        var inner = folder.resolve(name);
        if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (var entry : entries(inner)) {
            if (isOwn(name + "/" + entry, all)) {
                Files.deleteIfExists(inner.resolve(entry));
            }
        }
        if (entries(inner).isEmpty()) {
            Files.delete(inner);
        }
    }

    private static boolean isOwn(String path, boolean all) {
        var temporary = TEMPORARY.matcher(path);
        return temporary.matches()
                ? OWN.matcher(temporary.replaceFirst("$1$2")).matches()
                : all && OWN.matcher(path).matches();
    }

    /** If the mark was lost when the folder was copied: the provenance, or a checkpoint. */
    private static boolean isRun(Path folder) {
        return Provenance.isOne(folder.resolve("run.json"))
                || !new CheckpointPair(folder, "checkpoint")
                        .candidates(new ArrayList<>())
                        .isEmpty();
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
