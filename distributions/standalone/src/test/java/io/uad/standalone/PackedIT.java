package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Packed copies of images, made and used by the packaged command. */
class PackedIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRAIN = 40;
    private static final int VAL = 20;

    @TempDir
    static Path shared;

    private static Path images;

    /** So many that packing them can be stopped midway. */
    private static Path many;

    /** With {@code train.uadpack} and {@code val.uadpack}, every image as large as in the folder. */
    private static Path packed;

    private static Path ofFolder;
    private static Path ofPacked;

    @TempDir
    Path folder;

    @BeforeAll
    static void packAndTrain() throws IOException {
        images = Images.write(shared.resolve("images"), TRAIN / 10, VAL / 10);
        many = Images.write(shared.resolve("many"), 150, 0).resolve("train");
        packed = Files.createDirectory(shared.resolve("packed"));
        for (var part : List.of("train", "val")) {
            pack(images.resolve(part), packed.resolve(part + ".uadpack"), "--short-side", "none")
                    .exits(0)
                    .says("packing ", part + ".uadpack: ", "use it as a folder: uad train ");
        }
        ofFolder = shared.resolve("of-folder");
        Uad.run(Images.train(images.resolve("train"), ofFolder)).exits(0);
        ofPacked = shared.resolve("of-packed");
        Uad.run(Images.train(packed.resolve("train.uadpack"), ofPacked))
                .exits(0)
                .says("is a packed copy, so it is read by dataset.plugin=packed");
    }

    private static Uad.Outcome pack(Path data, Path file, Object... more) {
        var arguments = new ArrayList<Object>(List.of("dataset", "pack", data, "-o", file));
        arguments.addAll(List.of(more));
        return Uad.run(arguments.toArray());
    }

    private static String text(Object... arguments) {
        return Uad.run(arguments).exits(0).out();
    }

    private static JsonNode json(Object... arguments) throws IOException {
        return JSON.readTree(text(arguments));
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    @Test
    void aRunOnWholePackedImagesIsThatOnTheFolder() throws IOException {
        for (var file : List.of("metrics.jsonl", "checkpoint.safetensors", "clusters/epoch-0001.csv.gz")) {
            assertArrayEquals(bytes(ofFolder.resolve(file)), bytes(ofPacked.resolve(file)), file);
        }
    }

    @Test
    void aRunOnAPackedFileGoesOnFromAnywhere() {
        Uad.run("train", "--exp", ofPacked, "--resume").exits(0);
    }

    @Test
    void clustersAndNeighboursAreTheSameWhateverTheRunWasTrainedOn() throws IOException {
        assertEquals(
                text("assign", images.resolve("val"), "--model", ofPacked),
                text("assign", packed.resolve("val.uadpack"), "--model", ofFolder));
        assertEquals(
                json("eval", "knn", "--data", images, "--model", ofPacked, "--json"),
                json("eval", "knn", "--data", packed, "--model", ofFolder, "--json"));
        var ofImages = json("eval", "clusters", "--data", images, "--model", ofPacked, "--json");
        var ofCopy = json("eval", "clusters", "--data", packed, "--model", ofFolder, "--json");
        for (var figure : List.of("images", "classes", "nmi", "ari", "accuracy")) {
            assertEquals(ofImages.get(figure), ofCopy.get(figure), figure);
        }
    }

    @Test
    void featuresAndProbesAreTheSame() throws IOException {
        for (var data : List.of(images, packed)) {
            var val = data.equals(images) ? images.resolve("val") : packed.resolve("val.uadpack");
            var out = folder.resolve(data.getFileName() + ".npy");
            Uad.run("features", val, "--model", ofFolder, "-o", out).exits(0);
        }
        for (var ending : List.of(".npy", ".paths.txt")) {
            assertArrayEquals(
                    bytes(folder.resolve("images" + ending)), bytes(folder.resolve("packed" + ending)), ending);
        }
        assertEquals(probe(images), probe(packed));
    }

    private JsonNode probe(Path data) throws IOException {
        var probe = folder.resolve("probe-of-" + data.getFileName());
        var arguments = new ArrayList<Object>(List.of("eval", "linear", "--data", data, "--model", ofFolder));
        arguments.addAll(List.of("--conv", 3, "--epochs", 1, "--batch", 16, "--set", "engine.threads=1"));
        arguments.addAll(List.of("--json", "--exp", probe));
        return json(arguments.toArray()).get("taps");
    }

    @Test
    void enginesAreTracedOnAPackedFile() {
        Uad.run(
                        "engines",
                        "compare",
                        packed.resolve("train.uadpack"),
                        "--engine",
                        "djl",
                        "--images",
                        16,
                        "--batch",
                        4,
                        "--save",
                        folder.resolve("trace"),
                        "--set",
                        "image.size=63",
                        "--set",
                        "backbone.width=0.125",
                        "--set",
                        "backbone.hidden=16")
                .exits(0)
                .says("read by dataset.plugin=packed");
        assertTrue(Files.isDirectory(folder.resolve("trace")));
    }

    @Test
    void smallerCopiesSayWhatTheyAre() throws IOException {
        var file = folder.resolve("small.uadpack");
        var written = json(
                "dataset",
                "pack",
                images.resolve("val"),
                "-o",
                file,
                "--short-side",
                32,
                "--encoding",
                "jpeg",
                "--quality",
                90,
                "--json");
        assertEquals(VAL, written.get("images").asInt());
        assertEquals(Files.size(file), written.get("bytes").asLong());
        var info = json("dataset", "info", file, "--json");
        assertEquals(VAL, info.get("samples").asInt());
        assertEquals(10, info.get("classes").size());
        assertEquals("32", info.get("short-side").asText());
        assertEquals("jpeg", info.get("encoding").asText());
        assertEquals("90", info.get("quality").asText());
        assertEquals(images.resolve("val").toString(), info.get("original").asText());
        Uad.run("dataset", "info", images.resolve("val")).exits(0).says("samples: " + VAL, "classes: 10");
        Uad.run("dataset", "verify", file).exits(0).says(VAL + " images, all can be used");
    }

    @Test
    void badImagesAreLeftOutAndNamedAndTooManyStopThePacking() throws IOException {
        var some = Images.write(folder.resolve("some"), 2, 0).resolve("train");
        Files.writeString(some.resolve("dots-disc/0000.jpg"), "no image");
        var file = folder.resolve("some.uadpack");
        pack(some, file).exits(0).says("left out dots-disc/0000.jpg: no image", "19 images", "1 left out");
        Uad.run("dataset", "verify", some).exits(3).says("1 of 20 images cannot be used");
        pack(some, file, "--overwrite", "--set", "image.max-bad-share=0")
                .exits(3)
                .says("1 of 20 images cannot be used");
        Uad.run("dataset", "verify", file).exits(0).says("19 images"); // the old file is still there
    }

    @Test
    void aChangedOriginalAndAChangedByteAreNamed() throws IOException {
        var some = Images.write(folder.resolve("some"), 2, 0).resolve("train");
        var file = folder.resolve("some.uadpack");
        pack(some, file).exits(0);
        var whole = bytes(file);
        whole[100] ^= 1; // within the first image
        Files.write(file, whole);
        Uad.run("dataset", "verify", file)
                .exits(3)
                .says("bricks-disc/0000.jpg: its bytes in the packed file have changed", "1 of 20");
        var run = folder.resolve("run");
        Uad.run(Images.train(file, run, "--epochs", 1)).exits(0).says("left out bricks-disc/0000.jpg");

        Files.copy(some.resolve("dots-disc/0000.jpg"), some.resolve("dots-disc/0000b.jpg"));
        Uad.run(Images.train(file, folder.resolve("other")))
                .exits(3)
                .says("has changed since it was packed: 1 new (dots-disc/0000b.jpg)", "dataset.check=never");
        assertFalse(Files.exists(folder.resolve("other")));
        Uad.run("dataset", "info", file).exits(0).says("stale: ", "1 new");
        Uad.run("assign", file, "--model", run, "--set", "dataset.check=never").exits(0);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        Uad.run("dataset", "info", file).exits(3).says("is cut short");
    }

    @Test
    void mistakesAreNamedAndLeaveNothing() throws IOException {
        var val = images.resolve("val");
        pack(val, folder.resolve("none/x.uadpack")).exits(5).says("there is no folder");
        pack(folder.resolve("nowhere"), folder.resolve("x.uadpack")).exits(3).says("there is no folder", "nowhere");
        Uad.run(Images.train(val, folder.resolve("run"), "--set", "dataset.plugin=packed"))
                .exits(3)
                .says("is a folder", "image-folder");
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDiskThatFillsIsAnErrorThatLeavesNothing() throws IOException {
        var file = folder.resolve("x.uadpack");
        // A limit in blocks of 512 bytes on what a process writes stands for the full disk.
        Uad.runAfter("ulimit -f 300", "dataset", "pack", images.resolve("train"), "-o", file)
                .exits(5)
                .says("x.uadpack: cannot be written", "bytes needed", "free");
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void packingThatWasKilledStartsClean() throws Exception {
        var file = folder.resolve("x.uadpack");
        var running = Uad.start("dataset", "pack", many, "-o", file, "--workers", 1);
        var temporary = folder.resolve(".x.uadpack.tmp");
        while (running.process().isAlive() && !(Files.exists(temporary) && Files.size(temporary) > 0)) {
            Thread.sleep(3);
        }
        running.process().destroyForcibly().waitFor();
        assertTrue(Files.exists(temporary) != Files.exists(file));
        pack(many, file, "--overwrite").exits(0);
        assertFalse(Files.exists(temporary));
        Uad.run("dataset", "verify", file).exits(0).says("1500 images");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void packingThatIsInterruptedLeavesNothing() throws Exception {
        var file = folder.resolve("x.uadpack");
        var running = Uad.start("dataset", "pack", many, "-o", file, "--workers", 1);
        var temporary = folder.resolve(".x.uadpack.tmp");
        while (running.process().isAlive() && !Files.exists(temporary)) {
            Thread.sleep(3);
        }
        running.process().destroy(); // SIGTERM, as Ctrl-C
        running.finish().exits(130);
        assertFalse(Files.exists(temporary));
        assertFalse(Files.exists(file));
    }
}
