package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run from the packaged command: what it leaves, that it repeats, that it survives being stopped and killed. */
class TrainIT {
    /** What equal runs have equal, byte for byte. */
    private static final List<String> REPEATABLE = List.of(
            "metrics.jsonl",
            "checkpoint.safetensors",
            "checkpoint.json",
            "clusters/epoch-0000.csv.gz",
            "clusters/epoch-0001.csv.gz");

    @TempDir
    static Path shared;

    private static Path images;
    private static Path reference;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainOnce() {
        images = Images.write(shared.resolve("images"), 6, 3);
        reference = shared.resolve("reference");
        Uad.run(Images.train(images.resolve("train"), reference, "--workers", 1))
                .exits(0)
                .says("epoch 1: loss", "finished in");
    }

    @Test
    void aRunLeavesTheFilesOfTheReadme() throws IOException {
        for (var file : List.of("config.yaml", "run.json", "timings.jsonl")) {
            assertTrue(Files.size(reference.resolve(file)) > 0, file);
        }
        REPEATABLE.forEach(file -> assertTrue(Files.exists(reference.resolve(file)), file));
        assertTrue(Files.readString(reference.resolve("run.json")).contains("sha512"));
        assertFalse(
                Files.readString(reference.resolve("checkpoint.json")).contains(shared.toString()),
                "a checkpoint names no folder of a machine");
    }

    @Test
    void theResolvedConfigurationIsTheExperimentAndTheNumberOfWorkersChangesNoByte() throws IOException {
        var again = folder.resolve("again"); // the reference has one worker, most other runs here one per core
        Uad.run("train", "--config", reference.resolve("config.yaml"), "--exp", again, "--workers", 4)
                .exits(0);
        assertSame(reference, again);
    }

    /** Any churn is little enough here: epochs 0 and 1 are clustered, 2 keeps what 1 found. */
    @Test
    void anEpochMayKeepThePseudoLabelsOfTheOneBeforeAlsoAfterAResume() throws IOException {
        var adaptive = new Object[] {"--set", "training.recluster-churn=1", "--epochs", 3};
        var whole = folder.resolve("whole");
        Uad.run(Images.train(images.resolve("train"), whole, adaptive))
                .exits(0)
                .says("epoch 2 clustering: left out", "saves about", "clustering less often saved about");
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("clusters/epoch-0001.csv.gz")),
                Files.readAllBytes(whole.resolve("clusters/epoch-0002.csv.gz")));
        assertTrue(Files.readString(whole.resolve("timings.jsonl")).contains("\"savedSeconds\""));

        var parts = folder.resolve("parts");
        adaptive[3] = 2;
        Uad.run(Images.train(images.resolve("train"), parts, adaptive)).exits(0);
        Uad.run("train", "--exp", parts, "--resume", "--epochs", 3).exits(0).says("epoch 2 clustering: left out");
        assertSame(whole, parts);
    }

    @Test
    void aFinishedRunIsLeftAloneByResume() throws IOException {
        var before = Files.getLastModifiedTime(reference.resolve("checkpoint.safetensors"));
        Uad.run("train", "--exp", reference, "--resume").exits(0).says("finished; nothing to do");
        assertEquals(before, Files.getLastModifiedTime(reference.resolve("checkpoint.safetensors")));
    }

    @Test
    void aResumeWithoutACheckpointKeepsTheEarlierSessions() throws IOException {
        var run = copyOfTheReference();
        Folders.empty(run.resolve("checkpoints"));
        Files.delete(run.resolve("checkpoint.safetensors"));
        Files.delete(run.resolve("checkpoint.json"));
        Uad.run("train", "--exp", run, "--resume").exits(0).says("starting from the beginning");
        assertSame(reference, run);
        assertEquals(2, Files.readString(run.resolve("run.json")).split("\"started\"", -1).length - 1);
        Uad.run(Images.train(images.resolve("train"), run, "--epochs", 1, "--overwrite"))
                .exits(0);
        assertEquals(1, Files.readString(run.resolve("run.json")).split("\"started\"", -1).length - 1);
    }

    @Test
    void aRunGoesOnFromAnyWorkingFolderAndWhereItWasMovedTo() throws IOException {
        var here = Files.createDirectory(folder.resolve("here"));
        var there = Files.createDirectory(folder.resolve("there"));
        var relative = here.relativize(images.resolve("train"));
        Uad.runAfter("cd '" + here + "'", Images.train(relative, Path.of("run"), "--epochs", 1))
                .exits(0);

        Uad.runAfter("cd '" + there + "'", "train", "--resume", "../here/run", "--epochs", 2)
                .exits(0);
        assertTrue(Files.exists(here.resolve("run/clusters/epoch-0001.csv.gz")));

        Files.move(here.resolve("run"), there.resolve("moved"));
        Uad.runAfter("cd '" + there + "'", "train", "--resume", "moved", "--epochs", 3)
                .exits(0);
        assertTrue(Files.exists(there.resolve("moved/clusters/epoch-0002.csv.gz")));
        assertFalse(Files.exists(here.resolve("run")));
    }

    @Test
    void aRunThatIsToldToStopWritesACheckpointAndGoesOnToTheSameBytes() throws Exception {
        var stopped = folder.resolve("stopped");
        var running = Uad.start(Images.train(images.resolve("train"), stopped));
        while (running.process().isAlive() && !Files.exists(stopped.resolve("checkpoint.json"))) {
            Thread.sleep(5);
        }
        running.process().destroy(); // SIGTERM
        running.finish().exits(130).says("was interrupted after", "--resume");
        Uad.run("train", "--exp", stopped, "--resume").exits(0).says("going on from the checkpoint");
        assertSame(reference, stopped);
    }

    /** The first time, {@code --resume} finds no run at all. */
    @Test
    void aRunThatIsKilledGoesOnToTheSameBytes() throws Exception {
        var killed = folder.resolve("killed");
        for (var kill = 0; kill < 2; kill++) {
            var running = Uad.start(Images.train(images.resolve("train"), killed, "--resume"));
            var before = iterations(killed);
            while (running.process().isAlive() && iterations(killed).equals(before)) {
                Thread.sleep(3 + kill);
            }
            running.process().destroyForcibly().waitFor();
            var said = running.errors();
            assertEquals(kill == 0, said.contains("starting from the beginning"), said);
        }
        Uad.run(Images.train(images.resolve("train"), killed, "--resume")).exits(0);
        assertSame(reference, killed);
    }

    @Test
    void aChangedSettingStopsAResumeAndNamesTheDifference() throws IOException {
        var changed = copyOfTheReference();
        Uad.run("train", "--exp", changed, "--resume", "--epochs", 3, "--k", 4)
                .exits(2)
                .says("clustering.k was 5 and is now 4", "--allow-changes");
        Uad.run("train", "--exp", changed, "--resume", "--epochs", 3, "--k", 4, "--allow-changes")
                .exits(0)
                .says("going on although clustering.k was 5 and is now 4", "clusters 4");
    }

    @Test
    void aDamagedCheckpointIsSkippedForAnEarlierOne() throws IOException {
        var damaged = copyOfTheReference();
        flipABit(damaged.resolve("checkpoint.safetensors"));
        Uad.run("train", "--exp", damaged, "--resume")
                .exits(0)
                .says("checkpoint skipped", "checkpoint.safetensors", "going on from the checkpoint at epoch 1");
        assertSame(reference, damaged);
    }

    @Test
    void withoutAnyReadableCheckpointNothingIsTouched() throws IOException {
        var damaged = copyOfTheReference();
        Folders.empty(damaged.resolve("checkpoints")); // the earlier ones
        var file = damaged.resolve("checkpoint.safetensors");
        flipABit(file);
        var bytes = Files.readAllBytes(file);
        Uad.run("train", "--exp", damaged, "--resume", "--epochs", 3)
                .exits(3)
                .says("checkpoint.safetensors", "--overwrite");
        assertArrayEquals(bytes, Files.readAllBytes(file));
        assertArrayEquals(
                Files.readAllBytes(reference.resolve("metrics.jsonl")),
                Files.readAllBytes(damaged.resolve("metrics.jsonl")));
    }

    private Path copyOfTheReference() throws IOException {
        return Folders.copy(reference, folder.resolve("copy"));
    }

    private static void flipABit(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void brokenImagesAreNamedListedAndLeftOut() throws IOException {
        var some = Images.write(folder.resolve("some"), 4, 0).resolve("train");
        var victim = some.resolve("checker-square/0001.jpg");
        Files.write(victim, java.util.Arrays.copyOf(Files.readAllBytes(victim), 700));
        Files.writeString(some.resolve("dots-disc/notes.txt"), "no image");
        var run = folder.resolve("run");
        Uad.run(Images.train(some, run, "--epochs", 1)).exits(0).says("left out checker-square/0001.jpg", "1 files in");
        assertTrue(Files.readString(run.resolve("run.json")).contains("checker-square/0001.jpg"));
        Uad.run(Images.train(some, folder.resolve("strict"), "--set", "image.max-bad-share=0.01"))
                .exits(3)
                .says("1 of 40 images", "checker-square/0001.jpg");
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        for (var file : REPEATABLE) {
            assertArrayEquals(
                    Files.readAllBytes(expected.resolve(file)), Files.readAllBytes(actual.resolve(file)), file);
        }
    }

    /** The names of the numbered checkpoints, which tell how far a run has come. */
    private static List<String> iterations(Path run) throws IOException {
        var checkpoints = run.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
