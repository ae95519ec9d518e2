package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointManifest.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir
    Path folder;

    private CheckpointStore store;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void open() {
        store = new CheckpointStore(folder, 2);
    }

    @Test
    void everythingComesBack() {
        var written = Checkpoints.at(20);
        var file = store.writeNumbered(written);

        for (var path : List.of(file, folder, folder.resolve("checkpoint.json"))) {
            assertSame(written, CheckpointStore.read(path));
        }
    }

    @Test
    void firstEpochHasNoPreviousLabels() {
        var file = store.writeRunning(Checkpoints.at(new Position(0, 3, 3, Phase.TRAINING, false)));

        assertNull(clusters(CheckpointStore.read(file)).previousLabels());
    }

    @Test
    void modelComesWithoutTheRest() {
        var file = store.writeRunning(Checkpoints.at(20));

        for (var path : List.of(file, folder)) {
            var model = CheckpointStore.readModel(path);
            assertEquals(Checkpoints.at(20).weights(), model.weights());
            assertTrue(model.momentum().names().isEmpty());
            assertNull(model.clusters());
        }
    }

    @Test
    void bareModelComesBack() {
        var whole = Checkpoints.at(20);
        var bare = new Checkpoint(whole.manifest(), whole.weights(), NamedTensors.empty(), null);

        assertNull(CheckpointStore.read(store.writeRunning(bare)).clusters());
    }

    @Test
    void equalCheckpointsHaveEqualBytes() throws IOException {
        var other = Files.createDirectory(folder.resolve("other"));
        store.writeNumbered(Checkpoints.at(20));
        new CheckpointStore(other, 1).writeNumbered(Checkpoints.at(20));

        for (var name : List.of("checkpoint.safetensors", "checkpoint.json", "checkpoints/checkpoint-20.json")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve(name)), Files.readAllBytes(other.resolve(name)), name);
        }
    }

    @Test
    void newestNumberedOnesAreKept() throws IOException {
        for (var iteration : new long[] {5, 20, 100}) {
            store.writeNumbered(Checkpoints.at(iteration));
        }
        store.writeRunning(Checkpoints.at(101));

        assertEquals(
                List.of(
                        "checkpoint.json",
                        "checkpoint.safetensors",
                        "checkpoints/checkpoint-100.json",
                        "checkpoints/checkpoint-100.safetensors",
                        "checkpoints/checkpoint-20.json",
                        "checkpoints/checkpoint-20.safetensors"),
                files());
        assertSame(Checkpoints.at(101), store.newestValid(notices::add).orElseThrow());
        assertEquals(List.of(), notices);
    }

    @Test
    void completeEpochIsFurtherThanItsLastStep() {
        var complete = new Position(1, 20, 7, Phase.COMPLETE, false);
        store.writeNumbered(Checkpoints.at(complete));
        store.writeRunning(Checkpoints.at(20));

        assertEquals(
                complete,
                store.newestValid(notices::add).orElseThrow().manifest().position());
    }

    @Test
    void futureIsForgottenWhenARunGoesOnFromAnOlderCheckpoint() throws IOException {
        for (var iteration : new long[] {5, 20}) {
            store.writeNumbered(Checkpoints.at(iteration));
        }
        store.writeRunning(Checkpoints.at(30));
        Files.writeString(folder.resolve("checkpoints/checkpoint-25.json"), "damaged");

        store.discardAfter(Checkpoints.at(5).manifest().position());

        assertEquals(List.of("checkpoints/checkpoint-5.json", "checkpoints/checkpoint-5.safetensors"), files());
    }

    @Test
    void emptyFolderHasNoCheckpoint() {
        assertTrue(store.newestValid(notices::add).isEmpty());
        assertEquals(List.of(), notices);
        assertRefused(folder, "no complete checkpoint");
    }

    @Test
    void interruptedThreadStillWrites() {
        Thread.currentThread().interrupt();
        try {
            store.writeNumbered(Checkpoints.at(20));
            store.writeNumbered(Checkpoints.at(21));
            assertSame(Checkpoints.at(21), CheckpointStore.read(folder.resolve("checkpoint.safetensors")));
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        }
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        var file = store.writeRunning(Checkpoints.at(20));
        var bytes = Files.readAllBytes(file);
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) (1 << (i % 8));
            Files.write(file, bytes);
            assertRefused(file, file.toString());
            bytes[i] ^= (byte) (1 << (i % 8));
        }
    }

    @Test
    void whatIsNoCheckpointIsSaidToBeNone() throws IOException {
        assertRefused(folder.resolve("none.safetensors"), "no such checkpoint");
        assertRefused(folder.resolve("none"), "no such checkpoint");
        assertRefused(Files.writeString(folder.resolve("model.pth"), "x"), "not a checkpoint");

        var file = store.writeRunning(Checkpoints.at(20));
        var manifest = folder.resolve("checkpoint.json");
        var text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"formatVersion\" : 2", "\"formatVersion\" : 3"));
        assertRefused(file, "format version 3 of UAD 0.1.0");
        Files.writeString(manifest, text.replace("\"engineThreads\"", "\"threads\""));
        assertRefused(file, "engineThreads");
        Files.writeString(manifest, text.replace("\"engineThreads\"", "\"x\": 1, \"engineThreads\""));
        assertRefused(file, "\"x\"");
        Files.writeString(manifest, text.substring(0, text.length() / 2));
        assertRefused(file, "no valid JSON");
        Files.writeString(manifest, "{\"name\": \"something else\"}");
        assertRefused(file, "no formatVersion");
        Files.delete(manifest);
        assertRefused(file, "no manifest checkpoint.json");
    }

    @Test
    void weightThatPosesAsAnotherPartIsRefused() {
        var whole = Checkpoints.at(20);
        var posing = new Checkpoint(whole.manifest(), whole.momentum().prefixed("uad."), whole.momentum(), null);
        assertThrows(IllegalArgumentException.class, () -> store.writeRunning(posing));
    }

    @Test
    void tensorsOfDifferentLengthAreRefused() throws IOException {
        var file = store.writeRunning(Checkpoints.at(20));
        var tensors = new LinkedHashMap<>(Safetensors.read(file).asMap());
        tensors.put("uad.assignment.weights", Tensor.of(new float[2], 2));
        var sha256 = Safetensors.write(file, new NamedTensors(tensors), Map.of());
        var manifest = Checkpoints.at(20).manifest().withTensorsSha256(sha256);
        Files.write(folder.resolve("checkpoint.json"), JsonRecords.bytes(manifest));

        assertRefused(file, "do not fit");
    }

    /** The fixture was written by format version 1 and must be readable for ever. */
    @Test
    void firstFormatIsStillRead() throws IOException {
        for (var name : List.of("format-1.safetensors", "format-1.json")) {
            try (var in = getClass().getResourceAsStream(name)) {
                assertNotNull(in, name);
                Files.copy(in, folder.resolve(name));
            }
        }
        assertSame(Checkpoints.at(20), CheckpointStore.read(folder.resolve("format-1.safetensors")));
    }

    @Test
    void manifestIsPlainTextThatNamesNoPlace() throws IOException {
        store.writeRunning(Checkpoints.at(20));

        var text = Files.readString(folder.resolve("checkpoint.json"));
        assertTrue(text.contains("\"tap\" : \"pool1\""), text);
        assertTrue(text.contains("\"loss-sum\" : 3.141592653589793"), text);
        assertFalse(text.contains(folder.toString()) || text.contains("\r"), text);
    }

    static void assertSame(Checkpoint expected, Checkpoint actual) {
        assertEquals(
                expected.manifest().withTensorsSha256(""), actual.manifest().withTensorsSha256(""));
        assertEquals(
                List.copyOf(expected.manifest().metrics().keySet()),
                List.copyOf(actual.manifest().metrics().keySet()));
        assertEquals(expected.weights(), actual.weights());
        assertEquals(expected.momentum(), actual.momentum());
        var wanted = clusters(expected);
        var found = clusters(actual);
        assertEquals(wanted.projection(), found.projection());
        assertEquals(wanted.centroids().columns(), found.centroids().columns());
        assertArrayEquals(wanted.centroids().toArray(), found.centroids().toArray());
        assertArrayEquals(wanted.labels(), found.labels());
        assertArrayEquals(wanted.squaredDistances(), found.squaredDistances());
        assertArrayEquals(wanted.weights(), found.weights());
        assertArrayEquals(wanted.previousLabels(), found.previousLabels());
        assertArrayEquals(wanted.order(), found.order());
    }

    private static ClusterState clusters(Checkpoint checkpoint) {
        return Objects.requireNonNull(checkpoint.clusters());
    }

    private static void assertRefused(Path path, String part) {
        var error = assertThrows(UadException.class, () -> CheckpointStore.read(path));
        assertEquals(ErrorKind.DATA, error.kind());
        assertTrue(error.toString().contains(part), error.getMessage());
    }

    private List<String> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
