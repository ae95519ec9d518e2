package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is on the disk when a process dies between two operations of a write, and what is left if a file of that is lost
 * besides. Iteration 10 is the old checkpoint, 20 the one being written.
 */
class CheckpointKillTest {
    private static final String TENSORS = "checkpoint.safetensors";
    private static final String MANIFEST = "checkpoint.json";
    private static final String NEXT_TENSORS = "checkpoint.next.safetensors";
    private static final String NEXT_MANIFEST = "checkpoint.next.json";

    /** For each moment: what lies under which name, as the checkpoint that it is of. */
    private static final Map<String, Map<String, Integer>> MOMENTS = moments();

    @TempDir
    Path root;

    private static Map<String, Map<String, Integer>> moments() {
        var moments = new LinkedHashMap<String, Map<String, Integer>>();
        moments.put("before", Map.of(TENSORS, 10, MANIFEST, 10));
        moments.put("next tensors", Map.of(TENSORS, 10, MANIFEST, 10, NEXT_TENSORS, 20));
        moments.put("next manifest", Map.of(TENSORS, 10, MANIFEST, 10, NEXT_TENSORS, 20, NEXT_MANIFEST, 20));
        moments.put("tensors moved", Map.of(TENSORS, 20, MANIFEST, 10, NEXT_MANIFEST, 20));
        moments.put("manifest moved", Map.of(TENSORS, 20, MANIFEST, 20));
        moments.put("first write, next tensors", Map.of(NEXT_TENSORS, 20));
        moments.put("first write, next manifest", Map.of(NEXT_TENSORS, 20, NEXT_MANIFEST, 20));
        moments.put("first write, tensors moved", Map.of(TENSORS, 20, NEXT_MANIFEST, 20));
        return moments;
    }

    @TestFactory
    Stream<DynamicTest> oneCheckpointIsCompleteAtEveryMoment() {
        return MOMENTS.entrySet().stream()
                .map(moment -> dynamicTest(moment.getKey(), () -> {
                    var folder = folder(moment.getValue());
                    var expected = newest(moment.getValue());
                    assertEquals(
                            moment.getValue().containsKey(MANIFEST)
                                    || moment.getValue().containsKey(NEXT_MANIFEST),
                            expected > 0);
                    assertNewest(expected, folder);
                    assertEquals(expected > 0, !readFails(folder.resolve(TENSORS)), "reading it by name");
                    assertNextWriteWorks(folder);
                }));
    }

    @TestFactory
    Stream<DynamicTest> lostOrGarbledFileCostsAtMostItsOwnCheckpoint() {
        var tests = new ArrayList<DynamicTest>();
        MOMENTS.forEach((name, files) -> files.keySet().forEach(lost -> {
            for (var garble : List.of("delete", "truncate", "flip", "empty")) {
                tests.add(dynamicTest(name + ", " + garble + " " + lost, () -> {
                    var folder = folder(files);
                    damage(folder.resolve(lost), garble);
                    var left = new LinkedHashMap<>(files);
                    left.remove(lost);
                    assertNewest(newest(left), folder);
                    assertNextWriteWorks(folder);
                }));
            }
        }));
        return tests.stream();
    }

    @Test
    void numberedCheckpointStandsInForATornLatest() throws IOException {
        var store = new CheckpointStore(root, 3);
        store.writeNumbered(Checkpoints.at(10));
        store.writeNumbered(Checkpoints.at(20));
        store.writeRunning(Checkpoints.at(30));
        var notices = new ArrayList<String>();

        damage(root.resolve(TENSORS), "truncate");
        damage(root.resolve("checkpoints/checkpoint-20.safetensors"), "flip");
        var found = store.newestValid(notices::add).orElseThrow();

        CheckpointStoreTest.assertSame(Checkpoints.at(10), found);
        assertEquals(2, notices.size(), notices.toString());
        assertTrue(notices.get(0).contains(TENSORS), notices.get(0));
        assertTrue(notices.get(1).contains("checkpoint-20.safetensors"), notices.get(1));
    }

    @Test
    void foreignFilesAmongTheCheckpointsAreNamedOrIgnored() throws IOException {
        var store = new CheckpointStore(root, 3);
        store.writeNumbered(Checkpoints.at(10));
        var checkpoints = root.resolve("checkpoints");
        Files.writeString(checkpoints.resolve("checkpoint-99.json"), "{\"a\": 1}");
        Files.writeString(checkpoints.resolve("notes.txt"), "mine");
        Files.writeString(checkpoints.resolve("checkpoint-99999999999999999999.json"), "mine");
        var notices = new ArrayList<String>();

        assertTrue(store.newestValid(notices::add).isPresent());
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(notices.get(0).contains("checkpoint-99.json"), notices.get(0));
    }

    /** The newest checkpoint of which both files are there, moved or not; 0 if there is none. */
    private static int newest(Map<String, Integer> files) {
        var next = files.get(NEXT_MANIFEST);
        if (next != null && (next.equals(files.get(NEXT_TENSORS)) || nextWasMoved(files))) {
            return next;
        }
        var old = files.get(MANIFEST);
        return old != null && old.equals(files.get(TENSORS)) ? old : 0;
    }

    private static boolean nextWasMoved(Map<String, Integer> files) {
        return !files.containsKey(NEXT_TENSORS) && Objects.equals(files.get(NEXT_MANIFEST), files.get(TENSORS));
    }

    private static void assertNewest(int expected, Path folder) {
        var found = new CheckpointStore(folder, 1).newestValid(notice -> {});
        assertEquals(expected > 0, found.isPresent());
        found.ifPresent(checkpoint -> CheckpointStoreTest.assertSame(Checkpoints.at(expected), checkpoint));
    }

    private static void assertNextWriteWorks(Path folder) throws IOException {
        new CheckpointStore(folder, 1).writeRunning(Checkpoints.at(30));
        assertNewest(30, folder);
        assertFalse(Files.exists(folder.resolve(NEXT_TENSORS)) || Files.exists(folder.resolve(NEXT_MANIFEST)));
    }

    private static boolean readFails(Path file) {
        try {
            CheckpointStore.read(file);
            return false;
        } catch (UadException e) {
            return true;
        }
    }

    private Path folder(Map<String, Integer> files) throws IOException {
        var folder = Files.createTempDirectory(root, "moment");
        for (var file : files.entrySet()) {
            var source = Files.createDirectories(root.resolve("iteration-" + file.getValue()));
            new CheckpointStore(source, 1).writeRunning(Checkpoints.at(file.getValue()));
            Files.copy(
                    source.resolve(file.getKey().replace(".next", "")),
                    folder.resolve(file.getKey()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }

    private static void damage(Path file, String how) throws IOException {
        var bytes = Files.readAllBytes(file);
        switch (how) {
            case "delete" -> Files.delete(file);
            case "empty" -> Files.write(file, new byte[0]);
            case "truncate" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            default -> {
                bytes[0] ^= 4;
                Files.write(file, bytes);
            }
        }
    }
}
