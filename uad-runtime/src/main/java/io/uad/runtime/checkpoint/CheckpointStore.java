package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import io.uad.runtime.checkpoint.CheckpointManifest.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of a run's folder.
 *
 * <p>Numbered ones lie in {@code checkpoints/checkpoint-<iteration>.*}, the latest also in {@code checkpoint.*}; the two
 * share their space where the file system knows hard links. At every moment of a write at least one complete checkpoint is
 * on the disk, if there was one before; a checkpoint is complete when its manifest carries the SHA-256 of its tensors.
 */
public final class CheckpointStore {
    private static final String LATEST = "checkpoint";
    private static final Pattern NUMBERED = Pattern.compile("(checkpoint-\\d{1,18})(\\.next)?\\.(safetensors|json)");
    /** A process that writes may replace a file between a reader's two looks; it takes far longer to do that again. */
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final int keep;

    /**
     * @param runFolder must exist when something is written
     * @param keep how many numbered checkpoints stay, at least 1
     */
    public CheckpointStore(Path runFolder, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be 1 or more, was " + keep);
        }
        this.folder = runFolder;
        this.keep = keep;
    }

    /**
     * Replaces the latest checkpoint only.
     *
     * @return the tensors' file
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public Path writeRunning(Checkpoint checkpoint) {
        latest().write(checkpoint);
        return latest().tensors();
    }

    /**
     * Writes a numbered checkpoint, makes it the latest, and deletes all but the newest {@code keep} numbered ones.
     *
     * @return the numbered tensors' file
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    public Path writeNumbered(Checkpoint checkpoint) {
        try {
            Files.createDirectories(numberedFolder());
        } catch (IOException e) {
            throw AtomicFile.failure(numberedFolder(), 0, e);
        }
        var pair = new CheckpointPair(
                numberedFolder(),
                LATEST + "-" + checkpoint.manifest().position().iteration());
        pair.write(checkpoint);
        latest().write(pair);
        var all = numbered();
        all.subList(0, Math.max(0, all.size() - keep)).forEach(CheckpointPair::delete);
        return pair.tensors();
    }

    /**
     * Writes a checkpoint outside any run's folder, over one of that name.
     *
     * @param file {@code *.safetensors}, in a folder that exists; the manifest goes beside it
     * @throws UadException of kind RESOURCE if it cannot be written, CONFIG if the name ends otherwise
     */
    public static void write(Path file, Checkpoint checkpoint) {
        if (!file.toString().endsWith(CheckpointPair.TENSORS)) {
            throw UadException.config(
                    "a checkpoint cannot be called so", file.toString(), "*" + CheckpointPair.TENSORS, "Rename it");
        }
        pair(file).write(checkpoint);
    }

    /**
     * The furthest checkpoint that is complete.
     *
     * @param notices takes a sentence for each one that is damaged and was skipped
     */
    public Optional<Checkpoint> newestValid(Consumer<String> notices) {
        return newestValid(notices, false);
    }

    private Optional<Checkpoint> newestValid(Consumer<String> notices, boolean modelOnly) {
        var problems = new ArrayList<UadException>();
        var candidates = new ArrayList<CheckpointPair.Candidate>(latest().candidates(problems));
        for (var pair : numbered()) {
            candidates.addAll(pair.candidates(problems));
        }
        problems.forEach(problem -> notices.accept("checkpoint skipped: " + problem.getMessage()));
        candidates.sort(Comparator.comparing(
                (CheckpointPair.Candidate candidate) -> candidate.manifest().position(), Comparator.reverseOrder()));
        for (var candidate : candidates) {
            try {
                return Optional.of(candidate.read(modelOnly));
            } catch (UadException e) {
                notices.accept("checkpoint skipped: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * Deletes the checkpoints of a future that will not be. A run that goes on calls it first of all: else a later one
     * would count as newer than those it is going to write.
     */
    public void discardAfter(Position position) {
        for (var pair : numbered()) {
            if (iteration(pair) > position.iteration()) {
                pair.delete(); // readable or not
            } else {
                pair.discardAfter(position);
            }
        }
        latest().discardAfter(position);
    }

    /**
     * Reads one checkpoint: its tensors' file, its manifest, or a run's folder, which stands for its newest valid one.
     *
     * @throws UadException of kind DATA if it is missing, damaged, of a newer format, or no checkpoint
     */
    public static Checkpoint read(Path path) {
        return read(path, false);
    }

    /** The same without momentum and pseudo-labels, which an evaluation does not need. */
    public static Checkpoint readModel(Path path) {
        return read(path, true);
    }

    private static Checkpoint read(Path path, boolean modelOnly) {
        if (Files.isDirectory(path)) {
            return readFolder(path, modelOnly);
        }
        var pair = pair(path);
        var problems = new ArrayList<UadException>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            problems.clear();
            for (var candidate : pair.candidates(problems)) {
                try {
                    return candidate.read(modelOnly);
                } catch (UadException e) {
                    problems.add(e);
                }
            }
        }
        if (problems.isEmpty()) {
            throw UadException.data("no such checkpoint", path.toString(), "an existing file", "Check the path");
        }
        throw problems.get(problems.size() - 1);
    }

    private static Checkpoint readFolder(Path path, boolean modelOnly) {
        var skipped = new ArrayList<String>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            skipped.clear();
            var found = new CheckpointStore(path, 1).newestValid(skipped::add, modelOnly);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw UadException.data(
                "no complete checkpoint in this folder" + (skipped.isEmpty() ? "" : "; " + skipped.get(0)),
                path.toString(),
                "checkpoint.safetensors with checkpoint.json",
                "Name the folder of a run, or a checkpoint's file");
    }

    private static CheckpointPair pair(Path path) {
        var absolute = path.toAbsolutePath();
        var name = absolute.getFileName().toString();
        for (var suffix : List.of(CheckpointPair.TENSORS, CheckpointPair.MANIFEST)) {
            if (name.endsWith(suffix)) {
                var stem = name.substring(0, name.length() - suffix.length());
                return new CheckpointPair(absolute.resolveSibling(""), stem);
            }
        }
        throw UadException.data(
                Files.exists(path) ? "not a checkpoint" : "no such checkpoint",
                path.toString(),
                "a file named *.safetensors with its manifest *.json beside it, or a run's folder",
                "Check the path; checkpoints of the original program are read by uad import");
    }

    private CheckpointPair latest() {
        return new CheckpointPair(folder, LATEST);
    }

    private static long iteration(CheckpointPair numbered) {
        return Long.parseLong(numbered.stem().substring(LATEST.length() + 1));
    }

    private Path numberedFolder() {
        return folder.resolve("checkpoints");
    }

    /** The numbered pairs, complete or not, by iteration. */
    private List<CheckpointPair> numbered() {
        if (!Files.isDirectory(numberedFolder())) {
            return List.of();
        }
        try (var files = Files.list(numberedFolder())) {
            return files.map(file -> NUMBERED.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> new CheckpointPair(numberedFolder(), name.group(1)))
                    .distinct()
                    .sorted(Comparator.comparingLong(CheckpointStore::iteration))
                    .toList();
        } catch (IOException e) {
            throw AtomicFile.failure(numberedFolder(), 0, e);
        }
    }
}
