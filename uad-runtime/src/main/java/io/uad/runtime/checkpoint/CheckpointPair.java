package io.uad.runtime.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.CheckpointManifest.Position;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tensors' file and its manifest: {@code STEM.safetensors} and {@code STEM.json}.
 *
 * <p>Two files cannot be renamed at once, so a new pair is first completed as {@code STEM.next.*}, the manifest last, and
 * then takes the place of the old one, the tensors first. A manifest belongs to the tensors whose checksum it carries.
 * Killed anywhere in between, there is always a manifest with its tensors: the old two, the next two, or the next manifest
 * with the tensors that were already moved. {@link #candidates} lists these possibilities.
 *
 * @param folder where both lie
 * @param stem their common name
 */
record CheckpointPair(Path folder, String stem) {
    static final String TENSORS = ".safetensors";
    static final String MANIFEST = ".json";
    private static final String NEXT = ".next";
    private static final String MEANING = "a checkpoint's manifest";
    static final Map<String, String> METADATA = Map.of("format", "pt", "producer", "uad");

    /** A manifest that was read, and the file with the tensors that it may belong to. */
    record Candidate(CheckpointManifest manifest, Path tensors) {
        /** @throws UadException of kind DATA if these are not the manifest's tensors, or damaged */
        Checkpoint read(boolean modelOnly) {
            try (var reader = new SafetensorsReader(tensors)) {
                if (!reader.sha256().equals(manifest.tensorsSha256())) {
                    throw Safetensors.broken(tensors, "its content is not what the manifest beside it was written for");
                }
                var values = reader.read(name -> !modelOnly || CheckpointTensors.isWeight(name));
                return CheckpointTensors.checkpoint(tensors, manifest, values);
            }
        }
    }

    Path tensors() {
        return folder.resolve(stem + TENSORS);
    }

    Path manifest() {
        return folder.resolve(stem + MANIFEST);
    }

    Path nextTensors() {
        return folder.resolve(stem + NEXT + TENSORS);
    }

    Path nextManifest() {
        return folder.resolve(stem + NEXT + MANIFEST);
    }

    /** Replaces the pair. */
    void write(Checkpoint checkpoint) {
        settle();
        var sha256 = Safetensors.write(nextTensors(), CheckpointTensors.of(checkpoint), METADATA);
        AtomicFile.write(nextManifest(), JsonRecords.bytes(checkpoint.manifest().withTensorsSha256(sha256)));
        advance();
    }

    /** Replaces the pair by another one, without taking its space twice where the file system knows hard links. */
    void write(CheckpointPair source) {
        settle();
        try {
            link(source.tensors());
            AtomicFile.write(nextManifest(), AtomicFile.read(source.manifest()));
        } catch (IOException e) {
            throw AtomicFile.failure(nextTensors(), 0, e);
        }
        advance();
    }

    /** Manifests that can be read, the next one first; the reasons why others cannot are added to {@code problems}. */
    List<Candidate> candidates(List<UadException> problems) {
        var candidates = new ArrayList<Candidate>();
        if (Files.exists(nextManifest())) {
            // Without tensors of its own they were moved already.
            var tensors = Files.exists(nextTensors()) ? nextTensors() : tensors();
            manifest(nextManifest(), problems).ifPresent(found -> candidates.add(new Candidate(found, tensors)));
        }
        if (Files.exists(manifest())) {
            manifest(manifest(), problems).ifPresent(found -> candidates.add(new Candidate(found, tensors())));
        } else if (candidates.isEmpty() && Files.exists(tensors())) {
            problems.add(UadException.data(
                    "no manifest " + manifest().getFileName() + " beside it",
                    tensors().toString(),
                    "a checkpoint of two files",
                    "Use another checkpoint"));
        }
        return candidates;
    }

    /** Deletes the pair; a manifest goes before its tensors, so that what is left never looks complete. */
    void delete() {
        delete(List.of(nextManifest(), manifest(), nextTensors(), tensors()));
    }

    /** Deletes the pair if its manifest tells of a later position. */
    void discardAfter(Position position) {
        settle();
        if (Files.exists(manifest())) {
            var found = manifest(manifest(), new ArrayList<>());
            if (found.isPresent() && found.get().position().compareTo(position) > 0) {
                delete();
            }
        }
    }

    /** Finishes what a killed process began, or removes it if it is damaged; then no next files are left. */
    private void settle() {
        var next = Files.exists(nextManifest())
                ? manifest(nextManifest(), new ArrayList<>())
                : Optional.<CheckpointManifest>empty();
        if (next.isPresent() && belongs(next.get(), nextTensors())) {
            advance();
        } else if (next.isPresent() && belongs(next.get(), tensors())) {
            delete(List.of(nextTensors()));
            advance();
        } else {
            delete(List.of(nextManifest(), nextTensors()));
        }
    }

    private static boolean belongs(CheckpointManifest manifest, Path tensors) {
        try (var reader = new SafetensorsReader(tensors)) {
            return reader.sha256().equals(manifest.tensorsSha256());
        } catch (UadException e) {
            if (e.kind() == ErrorKind.DATA) {
                return false; // missing or damaged: nothing is lost with it
            }
            throw e; // the disk fails now and then; what it holds may be whole
        }
    }

    private void delete(List<Path> files) {
        try {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw AtomicFile.failure(tensors(), 0, e);
        }
    }

    private void advance() {
        try {
            if (Files.exists(nextTensors())) {
                AtomicFile.move(nextTensors(), tensors());
            }
            AtomicFile.move(nextManifest(), manifest());
        } catch (IOException e) {
            throw AtomicFile.failure(tensors(), 0, e);
        }
    }

    private void link(Path source) throws IOException {
        try {
            Files.createLink(nextTensors(), source);
        } catch (IOException | UnsupportedOperationException e) {
            try (var in = new FileInputStream(source.toFile())) {
                AtomicFile.write(nextTensors(), Files.size(source), in::transferTo);
            }
        }
    }

    /** Adds what came with the second version of the format; before, there was but one device, and no vectors. */
    private static void upgradeFirst(JsonNode tree) {
        if (tree instanceof ObjectNode manifest && tree.path("model") instanceof ObjectNode model) {
            manifest.put("formatVersion", 2);
            manifest.put("engineDevice", "cpu");
            model.put("vectorLength", 0);
        }
    }

    private static Optional<CheckpointManifest> manifest(Path file, List<UadException> problems) {
        try {
            var tree = JsonRecords.tree(file, MEANING);
            var version = tree.path("formatVersion");
            if (!version.isInt() || version.asInt() < 1) {
                throw UadException.data("no formatVersion", file.toString(), MEANING, "Use another checkpoint");
            }
            if (version.asInt() > CheckpointManifest.FORMAT_VERSION) {
                throw UadException.data(
                        "format version " + version.asInt() + " of UAD "
                                + tree.path("uadVersion").asText("unknown"),
                        file.toString(),
                        "format version " + CheckpointManifest.FORMAT_VERSION + " or less",
                        "Use a newer UAD");
            }
            if (version.asInt() == 1) {
                upgradeFirst(tree);
            }
            return Optional.of(JsonRecords.value(file, tree, CheckpointManifest.class, MEANING));
        } catch (UadException e) {
            problems.add(e);
            return Optional.empty();
        }
    }
}
