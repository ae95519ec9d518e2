package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.checkpoint.RunFolder.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void name() {
        folder = root.resolve("exp/uad");
    }

    @Test
    void everyModeMakesAMissingFolderAndTakesAnEmptyOne() throws IOException {
        for (var mode : Mode.values()) {
            RunFolder.open(root.resolve("new-" + mode), RunFolder.Kind.RUN, mode)
                    .close();
            RunFolder.open(Files.createDirectory(root.resolve("empty-" + mode)), RunFolder.Kind.RUN, mode)
                    .close();
        }
    }

    @Test
    void freshRefusesAnotherRunAndNamesTheWaysOut() {
        run();
        var error = refused(Mode.FRESH, ErrorKind.CONFIG);
        for (var part : List.of(folder.toString(), "--resume", "--overwrite")) {
            assertTrue(error.contains(part), error);
        }
        assertTrue(Files.exists(folder.resolve("config.yaml")));
    }

    @Test
    void aCheckRefusesWhatOpeningRefusesByTheSameWordsAndWritesNothing() throws IOException {
        RunFolder.check(folder, RunFolder.Kind.RUN, Mode.FRESH);
        assertFalse(Files.exists(folder.getParent()), "a folder was made");

        run();
        var before = entries();
        assertEquals(refused(Mode.FRESH, ErrorKind.CONFIG), unfit(folder, Mode.FRESH));
        RunFolder.check(folder, RunFolder.Kind.RUN, Mode.OVERWRITE);
        try (var held = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.OVERWRITE)) {
            assertEquals(refused(Mode.OVERWRITE, ErrorKind.RESOURCE), unfit(folder, Mode.OVERWRITE));
            assertEquals(folder, held.path());
        }
        assertEquals(before, entries());

        var file = Files.writeString(root.resolve("file"), "in the way");
        for (var blocked : List.of(file, file.resolve("run"))) {
            var error = assertThrows(UadException.class, () -> RunFolder.open(blocked, RunFolder.Kind.RUN, Mode.FRESH));
            assertEquals(withoutSizes(error.toString()), withoutSizes(unfit(blocked, Mode.FRESH)));
        }
    }

    /** The disk is not ours alone. */
    private static String withoutSizes(String message) {
        return message.replaceAll("\\d+ bytes free", "N bytes free");
    }

    private static String unfit(Path path, Mode mode) {
        return assertThrows(UadException.class, () -> RunFolder.check(path, RunFolder.Kind.RUN, mode))
                .toString();
    }

    @Test
    void filesOfSomethingElseAreRefusedByEveryModeAndStay() throws IOException {
        Files.createDirectories(folder);
        for (var name : List.of("config.yaml", "checkpoint.safetensors", "run.json")) {
            Files.writeString(folder.resolve(name), "not UAD's");
        }
        for (var mode : Mode.values()) {
            assertTrue(refused(mode, ErrorKind.CONFIG).contains("checkpoint.safetensors"));
            assertEquals(List.of("checkpoint.safetensors", "config.yaml", "run.json"), entries());
        }
    }

    @Test
    void overwriteDeletesOnlyWhatRunsWrite() throws IOException {
        run();
        Files.createDirectories(folder.resolve("log"));
        for (var foreign : List.of("notes.txt", "clusters/mine.csv", "other.jsonl", "log/errors.txt")) {
            Files.writeString(folder.resolve(foreign), "mine");
        }
        Files.writeString(folder.resolve("log/prec1"), "1.0");
        Files.writeString(folder.resolve("best.safetensors"), "");
        Files.writeString(folder.resolve(".checkpoint.next.safetensors.tmp"), "half");

        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.OVERWRITE)) {
            assertTrue(Files.exists(run.config()), "nothing goes before it is said so");
            run.clear();
        }

        assertEquals(List.of(".lock", "clusters", "log", "notes.txt", "other.jsonl"), entries());
        assertTrue(Files.exists(folder.resolve("clusters/mine.csv")));
        assertFalse(Files.exists(folder.resolve("clusters/epoch-0000.csv.gz")));
        assertTrue(Files.exists(folder.resolve("log/errors.txt")));
        assertFalse(Files.exists(folder.resolve("log/prec1")));
    }

    @Test
    void resumeKeepsEverythingButTheHalvesOfAKilledProcess() throws IOException {
        run();
        Files.writeString(folder.resolve("checkpoints/.checkpoint-7.next.safetensors.tmp"), "half");
        Files.writeString(folder.resolve(".notes.tmp"), "mine");
        var before = entries();

        RunFolder.open(folder, RunFolder.Kind.RUN, Mode.RESUME).close();

        assertEquals(before, entries());
        assertFalse(Files.exists(folder.resolve("checkpoints/.checkpoint-7.next.safetensors.tmp")));
        assertTrue(Files.exists(folder.resolve("checkpoints/checkpoint-5.safetensors")));
    }

    @Test
    void runCopiedWithoutItsMarkIsStillKnown() throws IOException {
        run();
        Files.delete(folder.resolve(".lock"));
        assertTrue(refused(Mode.FRESH, ErrorKind.CONFIG).contains("another run"));
        RunFolder.open(folder, RunFolder.Kind.RUN, Mode.RESUME).close();
    }

    @Test
    void lockKeepsOthersOutUntilItIsReleased() {
        var first = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH);
        for (var mode : Mode.values()) {
            assertTrue(refused(mode, ErrorKind.RESOURCE).contains("in use by another run"));
        }
        first.close();
        first.close();
        RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH).close();
    }

    @Test
    void refusedFolderIsNotLocked() throws IOException {
        run();
        refused(Mode.FRESH, ErrorKind.CONFIG);
        RunFolder.open(folder, RunFolder.Kind.RUN, Mode.RESUME).close();
    }

    @Test
    void probeAndRunDoNotReplaceEachOther() {
        run();
        for (var mode : List.of(Mode.FRESH, Mode.OVERWRITE)) {
            var error = assertThrows(UadException.class, () -> RunFolder.open(folder, RunFolder.Kind.PROBE, mode));
            assertEquals(ErrorKind.CONFIG, error.kind());
            assertTrue(error.toString().contains("holds a training run"), error.toString());
            assertFalse(error.toString().contains("--overwrite"), error.toString());
        }
        var probe = root.resolve("probe");
        try (var folder = RunFolder.open(probe, RunFolder.Kind.PROBE, Mode.FRESH)) {
            AtomicFile.write(folder.path().resolve("best.safetensors"), new byte[0]);
        }
        for (var mode : Mode.values()) {
            var error = assertThrows(UadException.class, () -> RunFolder.open(probe, RunFolder.Kind.RUN, mode));
            assertTrue(error.toString().contains("holds a probe"), error.toString());
        }
    }

    @Test
    void assignmentsOfLaterEpochsGoWithTheirCheckpoints() throws IOException {
        run();
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.RESUME)) {
            for (var epoch : List.of(1, 2)) {
                ClusterFile.write(
                        run.clusters(epoch), new ClusterRows(List.of(), new int[0], new float[0], new float[0]));
            }
            run.returnTo(manifest(Map.of()));
            assertTrue(Files.exists(run.clusters(1)));
            assertFalse(Files.exists(run.clusters(2)));
        }
    }

    @Test
    void aNewFolderThatNothingWasWrittenToIsRemovedAgainAndAnOlderOneStays() throws IOException {
        RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH).close();
        assertFalse(Files.exists(folder));
        Files.createDirectories(folder);
        RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH).close();
        assertTrue(Files.exists(folder));
    }

    @Test
    void fileInTheWayIsNamed() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        assertTrue(refused(Mode.FRESH, ErrorKind.RESOURCE).contains("a file of that name is in the way"));
    }

    @Test
    void logsAreCutBackToWholeLines() throws IOException {
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH)) {
            Files.writeString(run.metrics(), "1\n2\n3\n4\nhal");
            Files.writeString(run.timings(), "a\n");
            Files.writeString(folder.resolve("mine.jsonl"), "x\n");
            assertEquals(Map.of("metrics.jsonl", 4L, "timings.jsonl", 1L, "mine.jsonl", 1L), run.lineCounts());

            run.returnTo(manifest(Map.of("metrics.jsonl", 4L, "timings.jsonl", 1L)));
            assertEquals("1\n2\n3\n4\n", Files.readString(run.metrics()));
            run.returnTo(manifest(Map.of("metrics.jsonl", 2L)));
            assertEquals("1\n2\n", Files.readString(run.metrics()));
            assertEquals("", Files.readString(run.timings()), "a log that did not exist then");
            assertEquals("x\n", Files.readString(folder.resolve("mine.jsonl")), "not the runtime's");
        }
    }

    @Test
    void longLogIsCutAtTheRightLine() throws IOException {
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH)) {
            var line = "x".repeat(99) + "\n";
            Files.writeString(run.metrics(), line.repeat(5000));
            assertEquals(5000L, run.lineCounts().get("metrics.jsonl"));
            run.returnTo(manifest(Map.of("metrics.jsonl", 3001L)));
            assertEquals(300_100, Files.size(run.metrics()));
        }
    }

    @Test
    void shorterLogIsAnErrorAndNothingIsCut() throws IOException {
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH)) {
            Files.writeString(run.metrics(), "1\n2\nhal");
            Files.writeString(run.timings(), "1\n2\n");
            var later = folder.resolve("checkpoints");
            run.checkpoints(3).writeNumbered(Checkpoints.at(9));
            var error = assertThrows(
                    UadException.class, () -> run.returnTo(manifest(Map.of("metrics.jsonl", 3L, "timings.jsonl", 1L))));
            assertEquals(ErrorKind.DATA, error.kind());
            assertTrue(error.toString().contains("2 lines"), error.toString());
            assertTrue(error.toString().contains("metrics.jsonl"), error.toString());
            assertEquals("1\n2\n", Files.readString(run.timings()));
            assertTrue(Files.exists(later.resolve("checkpoint-9.json")), "nothing else is lost");
            run.returnTo(manifest(Map.of("metrics.jsonl", 1L, "timings.jsonl", 3L))); // seconds are no promise
            assertEquals("1\n", Files.readString(run.metrics()));
        }
    }

    @Test
    void logOutsideTheFolderIsRefused() {
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH)) {
            for (var name : List.of("../x.jsonl", "notes.txt", "..\\x.jsonl")) {
                var error = assertThrows(UadException.class, () -> run.returnTo(manifest(Map.of(name, 0L))));
                assertEquals(ErrorKind.DATA, error.kind());
            }
        }
    }

    @Test
    void pathsAreThoseOfTheArchitecture() {
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH)) {
            assertEquals(folder.toAbsolutePath().resolve("clusters/epoch-0012.csv.gz"), run.clusters(12));
            assertEquals(folder.toAbsolutePath().resolve("run.json"), run.provenance());
        }
    }

    /** A run's folder with a file of every kind. */
    private void run() {
        try (var run = RunFolder.open(folder, RunFolder.Kind.RUN, Mode.FRESH)) {
            run.checkpoints(3).writeNumbered(Checkpoints.at(5));
            ClusterFile.write(run.clusters(0), new ClusterRows(List.of(), new int[0], new float[0], new float[0]));
            for (var file : List.of(run.config(), run.provenance(), run.metrics(), run.timings())) {
                AtomicFile.write(file, new byte[] {'{', '}', '\n'});
            }
        }
    }

    private String refused(Mode mode, ErrorKind kind) {
        var error = assertThrows(UadException.class, () -> RunFolder.open(folder, RunFolder.Kind.RUN, mode));
        assertEquals(kind, error.kind());
        return error.toString();
    }

    private List<String> entries() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The manifest of iteration 7, in epoch 1, with those line counts. */
    private static CheckpointManifest manifest(Map<String, Long> lines) {
        var some = Checkpoints.at(7).manifest();
        return CheckpointManifest.of(
                some.uadVersion(),
                some.position(),
                some.model(),
                some.dataset(),
                some.engineDevice(),
                some.engineThreads(),
                some.plugins(),
                some.config(),
                some.metrics(),
                some.totals(),
                lines);
    }
}
