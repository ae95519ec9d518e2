package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake gets one clear error, the exit code of who must act, and leaves nothing half-written. */
class BadInputIT {
    @TempDir
    static Path shared;

    private static Path images;
    private static Path trained;

    @TempDir
    Path folder;

    private Path run;

    @BeforeAll
    static void trainOnce() {
        images = Images.write(shared.resolve("images"), 2, 2);
        trained = shared.resolve("trained");
        Uad.run(Images.train(images.resolve("train"), trained)).exits(0);
    }

    /** A finished run where {@link #train} would put one. */
    private void copyOfTheRun() throws IOException {
        run = Folders.copy(trained, folder.resolve("run"));
    }

    private Uad.Outcome train(Path dir, Object... more) {
        run = folder.resolve("run");
        return Uad.run(Images.train(dir, run, more));
    }

    private void assertNothingWritten() {
        assertFalse(Files.exists(run), "the folder of a run that never began");
    }

    @Test
    void missingFolder() {
        train(folder.resolve("nowhere")).exits(3).says("there is no folder", "nowhere");
        assertNothingWritten();
    }

    @Test
    void folderWithoutImages() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "no image");
        train(folder).exits(3).says("no image");
        assertNothingWritten();
    }

    @Test
    void fewerImagesThanClustersOrComponents() {
        assertTrue(train(images.resolve("train"), "--k", 21).exits(2).error().contains("20 images"));
        assertNothingWritten();
        train(images.resolve("train"), "--set", "reduction.components=64")
                .exits(2)
                .says("20 images", "components");
        assertNothingWritten();
    }

    @Test
    void noClusters() {
        train(images.resolve("train"), "--k", 0).exits(2).says("--k", "clustering.k", "found '0'", "1 or more");
        assertNothingWritten();
    }

    @Test
    void unknownPluginsKeysAndFlagsNameTheNearest() throws IOException {
        train(images.resolve("train"), "--clustering", "kmaens").exits(2).says("kmaens", "kmeans");
        var file = folder.resolve("my.yaml");
        Files.writeString(file, "seed: 1\ntraining:\n  epocs: 3\n");
        Uad.run("config", "validate", file).exits(2).says("my.yaml, line 3", "training.epocs", "epochs");
        Uad.run("train", "--epocs", 3).exits(2).says("--epocs", "--epochs");
        Uad.run("trian").exits(2).says("train");
    }

    @Test
    void deviceThatIsNotThere() {
        train(images.resolve("train"), "--set", "engine.device=gpu:7").exits(5).says("gpu:7", "engine.device");
        assertNothingWritten();
    }

    @Test
    void outputThatCannotBeMade() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "in the way");
        Uad.run(Images.train(images.resolve("train"), file.resolve("run")))
                .exits(5)
                .says(file.toString());
    }

    @Test
    void outputOfAnotherRunIsRefusedUnlessToldOtherwise() throws IOException {
        copyOfTheRun();
        var before = Files.getLastModifiedTime(run.resolve("checkpoint.json"));
        train(images.resolve("train")).exits(2).says("another run", "--resume", "--overwrite");
        assertEquals(before, Files.getLastModifiedTime(run.resolve("checkpoint.json")));
        train(images.resolve("train"), "--overwrite", "--epochs", 1).exits(0);
    }

    @Test
    void probeThatWouldReplaceTheRunIsRefused() throws IOException {
        copyOfTheRun();
        for (var more : new Object[][] {{}, {"--overwrite"}}) {
            var arguments = Stream.concat(
                            Stream.of("eval", "linear", "--data", images, "--model", run, "--conv", 3, "--exp", run),
                            Stream.of(more))
                    .toArray();
            Uad.run(arguments).exits(2).says("holds a training run");
        }
        assertTrue(Files.exists(run.resolve("checkpoint.safetensors")));
    }

    @Test
    void probeOnOneClassAndOnUnlabelledImages() throws IOException {
        copyOfTheRun();
        var one = folder.resolve("one");
        for (var part : new String[] {"train", "val"}) {
            Folders.copy(images.resolve("train/dots-disc"), one.resolve(part).resolve("dots-disc"));
        }
        Uad.run("eval", "linear", "--data", one, "--model", run, "--conv", 3, "--exp", folder.resolve("probe"))
                .exits(3)
                .says("images of 1 class");
        Folders.copy(images.resolve("train/dashes-triangle"), one.resolve("train/dashes-triangle"));
        Folders.copy(images.resolve("train/dashes-triangle"), one.resolve("val/dashes-triangle"));
        Files.copy(images.resolve("train/dots-disc/0000.jpg"), one.resolve("val/stray.jpg"));
        Uad.run("eval", "linear", "--data", one, "--model", run, "--conv", 3, "--exp", folder.resolve("probe"))
                .exits(3)
                .says("stray.jpg");
    }

    @Test
    void probeWithFewerThanNoWorkers() {
        Uad.run(
                        "eval",
                        "linear",
                        "--data",
                        images,
                        "--random",
                        "--conv",
                        3,
                        "--exp",
                        folder.resolve("p"),
                        "--workers",
                        -7)
                .exits(2)
                .says("--workers", "found '-7'");
        assertFalse(Files.exists(folder.resolve("p")));
    }

    @Test
    void modelThatIsNone() throws IOException {
        var file = Files.writeString(folder.resolve("model.safetensors"), "nonsense");
        Uad.run("eval", "linear", "--data", images, "--model", file, "--conv", 3, "--exp", folder.resolve("probe"))
                .exits(3)
                .says("model.safetensors");
        assertFalse(Files.exists(folder.resolve("probe")));
    }

    @Test
    void damagedCheckpointsAreNamedByProbesAndResumes() throws IOException {
        copyOfTheRun();
        var bytes = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
        var manifest = Files.readString(run.resolve("checkpoint.json"));
        var flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 4;
        var tenGigabytes = bytes.clone();
        ByteBuffer.wrap(tenGigabytes).order(ByteOrder.LITTLE_ENDIAN).putLong(10_000_000_000L);
        refused("cut", Arrays.copyOf(bytes, bytes.length / 2), manifest, "truncated");
        refused("flipped", flipped, manifest, "not what the manifest");
        refused("huge", tenGigabytes, manifest, "10000000000 bytes");
        refused(
                "newer",
                bytes,
                manifest.replace("\"formatVersion\" : 2", "\"formatVersion\" : 9"),
                "format version 9",
                "Use a newer UAD");
    }

    private void refused(String name, byte[] tensors, String manifest, String... words) throws IOException {
        var file = folder.resolve(name + ".safetensors");
        Files.write(file, tensors);
        Files.writeString(folder.resolve(name + ".json"), manifest);
        Uad.run("eval", "linear", "--data", images, "--model", file, "--conv", 3, "--exp", folder.resolve("probe"))
                .exits(3)
                .says(name)
                .says(words);
        Uad.run(Images.train(images.resolve("train"), folder.resolve("on"), "--resume", file))
                .exits(3)
                .says(name)
                .says(words);
        assertFalse(Files.exists(folder.resolve("probe")));
        assertArrayEquals(tensors, Files.readAllBytes(file), "the file stays as it was");
    }

    @Test
    void aCheckpointOfAnotherNetworkIsNamedByProbesAndResumes() throws IOException {
        copyOfTheRun();
        var before = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
        var probe = new Object[] {"eval", "linear", "--data", images, "--model", run, "--conv", 3, "--exp"};
        var colour =
                Stream.concat(Stream.of(probe), Stream.of(folder.resolve("probe"), "--set", "backbone.sobel=false"));
        Uad.run(colour.toArray()).exits(3).says("features.0.weight", "same backbone, image size and options");
        Uad.run("train", "--exp", run, "--resume", "--epochs", 3, "--no-sobel")
                .exits(2)
                .says("backbone.sobel was true and is now false");
        Uad.run("train", "--exp", run, "--resume", "--epochs", 3, "--no-sobel", "--allow-changes")
                .exits(3)
                .says("features.0.weight");
        assertArrayEquals(before, Files.readAllBytes(run.resolve("checkpoint.safetensors")));
    }

    /** A limit on the size of files is the portable way to a disk that is full in the middle of a file. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void diskThatFillsWhileACheckpointIsWritten() throws IOException {
        run = folder.resolve("run");
        Uad.runAfter("ulimit -f 2000", Images.train(images.resolve("train"), run, "--set", "backbone.width=1"))
                .exits(5)
                .says("checkpoint", "cannot be written");
        try (var files = Files.walk(run)) {
            var left = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("safetensors") || name.endsWith(".tmp"))
                    .toList();
            assertTrue(left.isEmpty(), "half-written: " + left);
        }
    }
}
