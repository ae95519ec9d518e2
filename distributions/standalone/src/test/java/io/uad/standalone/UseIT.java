package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.uad.api.NamedTensors;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.ClusterFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run learned, used from the packaged command: features, clusters of other images, neighbours. */
class UseIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VAL = 20;
    private static final int TRAIN = 60;

    @TempDir
    static Path shared;

    private static Path images;
    private static Path run;

    /** The network as it was when the last epoch's clusters were found, with these. */
    private static Path exact;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        images = Images.write(shared.resolve("images"), TRAIN / 10, VAL / 10);
        run = shared.resolve("run");
        var train = images.resolve("train");
        Uad.run(Images.train(train, run, "--epochs", 1, "--set", "backbone.width=0.55"))
                .exits(0);
        var before = CheckpointStore.read(run);
        Uad.run("train", "--exp", run, "--resume", "--epochs", 2).exits(0);
        var after = CheckpointStore.read(run);
        exact = shared.resolve("exact");
        assertTrue(exact.toFile().mkdir());
        new CheckpointStore(exact, 1)
                .writeRunning(
                        new Checkpoint(after.manifest(), before.weights(), NamedTensors.empty(), after.clusters()));
    }

    @Test
    void theHelpOfEachCommandHasExamplesAndCompletionKnowsThem() {
        for (var command : new String[] {"features", "assign"}) {
            Uad.run(command, "--help").exits(0).says("Examples:", "  uad " + command + " ", "--model", "-o");
        }
        for (var command : new String[] {"knn", "clusters"}) {
            Uad.run("eval", command, "--help").exits(0).says("Examples:", "  uad eval " + command + " ", "--data");
        }
        Uad.run("completion").exits(0).says("_picocli_uad_features", "_picocli_uad_assign", "_picocli_uad_eval_knn");
    }

    @Test
    void featuresHaveARowPerImageInFolderOrder() throws IOException {
        var npy = folder.resolve("f.npy");
        var summary = json("features", images.resolve("val"), "--model", run, "-o", npy, "--json");
        assertEquals("fc7", summary.get("features").asText());
        assertEquals(VAL, summary.get("rows").asInt());
        var bytes = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
        var header = new String(bytes.array(), 10, 118, StandardCharsets.US_ASCII);
        assertTrue(header.contains("'shape': (" + VAL + ", 16)"), header);
        assertEquals(128 + VAL * 16 * Float.BYTES, bytes.capacity());

        var csv = folder.resolve("f.csv");
        command("features", images.resolve("val"), "--model", run, "-o", csv).exits(0);
        var lines = Files.readAllLines(csv);
        var paths = Files.readAllLines(folder.resolve("f.paths.txt"));
        assertEquals(VAL + 1, lines.size());
        bytes.position(128);
        for (var i = 0; i < VAL; i++) {
            var fields = lines.get(i + 1).split(",", -1);
            assertEquals(paths.get(i), fields[0]);
            for (var j = 0; j < 16; j++) {
                assertEquals(bytes.getFloat(), Float.parseFloat(fields[j + 1]));
            }
        }
        assertEquals(paths.stream().sorted().toList(), paths);
    }

    @Test
    void featuresOfWholeAndOfPooledActivationsAndOfTheClusteredRows() throws IOException {
        var val = images.resolve("val");
        var whole = json("features", val, "--model", run, "--tap", 5, "--pool", "none", "-o", out("w.npy"), "--json");
        var pooled = json("features", val, "--model", run, "--tap", "conv1", "-o", out("p.npy"), "--json");
        var reduced = json("features", val, "--model", run, "--reduced", "-o", out("r.npy"), "--json");
        assertEquals("conv5", whole.get("features").asText());
        assertEquals(141 * 3 * 3, whole.get("columns").asInt()); // 0.55 of 256 channels, of 63 pixels
        assertEquals(53 * 13 * 13, pooled.get("columns").asInt()); // 53 * 14 * 14 are more than 9600
        assertEquals(
                CheckpointStore.read(run).clusters().centroids().columns(),
                reduced.get("columns").asInt());
    }

    @Test
    void unreadableImagesHaveNoRowAndAreNamed() throws IOException {
        var some = Images.write(folder.resolve("some"), 2, 0).resolve("train");
        Files.write(some.resolve("dots-disc/0000.jpg"), new byte[] {1, 2, 3});
        var summary = json("features", some, "--model", run, "-o", out("f.npy"), "--json");
        assertEquals(19, summary.get("rows").asInt());
        assertEquals("dots-disc/0000.jpg", summary.get("leftOut").get(0).asText());
        assertFalse(Files.readAllLines(out("f.paths.txt")).contains("dots-disc/0000.jpg"));
        var lines = command("assign", some, "--model", run).exits(0).out().lines();
        assertEquals(1 + 19, lines.count());
    }

    @Test
    void assigningTheTrainingImagesGivesTheEpochsOwnClusters() {
        var file = out("again.csv.gz");
        command("assign", images.resolve("train"), "--model", exact, "-o", file).exits(0);
        var again = ClusterFile.read(file);
        var written = ClusterFile.read(run.resolve("clusters/epoch-0001.csv.gz"));
        assertEquals(written.paths(), again.paths());
        assertEquals(Arrays.toString(written.labels()), Arrays.toString(again.labels()));
        for (var i = 0; i < TRAIN; i++) { // the batches of a product are others, which changes its last bits
            assertEquals(written.squaredDistances()[i], again.squaredDistances()[i], 1e-4f);
            assertEquals(written.weights()[i], again.weights()[i], 1e-2f); // a distance by the cluster's spread
        }
    }

    @Test
    void aFusionThatChoosesAnewForEveryBatchIsRefused() {
        var redrawn = folder.resolve("redrawn");
        Uad.run(Images.train(images.resolve("train"), redrawn, "--epochs", 1, "--set", "fusion.low.redraw=batch"))
                .exits(0);
        command("assign", images.resolve("val"), "--model", redrawn).exits(2).says("anew for every batch");
        command("features", images.resolve("val"), "--model", redrawn, "--reduced", "-o", out("f.npy"))
                .exits(2);
        assertFalse(Files.exists(out("f.npy")));
        command("features", images.resolve("val"), "--model", redrawn, "-o", out("f.npy"))
                .exits(0);
    }

    @Test
    void clustersOfUnseenImagesAreCsv() {
        var text = command("assign", images.resolve("val"), "--model", run)
                .exits(0)
                .out();
        var lines = text.lines().toList();
        assertEquals("path,cluster,distance,weight", lines.get(0));
        assertEquals(1 + VAL, lines.size());
        for (var line : lines.subList(1, lines.size())) {
            assertTrue(line.matches("[a-z-]+/\\d{4}\\.jpg,[0-4],[0-9.E-]+,[0-9.E-]+"), line);
        }
    }

    @Test
    void nearestNeighboursOfTheTrainedAndOfTheUntrainedNetwork() throws IOException {
        var found = json("eval", "knn", "--data", images, "--model", run, "--tap", "conv3", "--k", "5,1", "--json");
        assertEquals(TRAIN, found.get("bank").asInt());
        assertEquals(VAL, found.get("queries").asInt());
        assertEquals(1, found.get("scores").get(0).get("k").asInt());
        command("eval", "knn", "--data", images, "--random", "--config", run.resolve("config.yaml"), "--k", 3)
                .exits(0)
                .says("fc7", "top-1");
        // Images that are their own bank: the nearest neighbour is the image itself.
        var some = Images.write(folder.resolve("some"), 2, 0).resolve("train");
        var same = folder.resolve("same");
        for (var part : new String[] {"train", "val"}) {
            Folders.copy(some, same.resolve(part));
        }
        var own = json("eval", "knn", "--data", same, "--model", run, "--k", 1, "--tap", "conv3", "--json");
        assertEquals(100, own.get("scores").get(0).get("top1").asDouble());
    }

    @Test
    void clustersAgainstClasses() throws IOException {
        var found = json("eval", "clusters", "--data", images, "--model", run, "--json");
        assertEquals(VAL, found.get("images").asInt());
        assertEquals(10, found.get("classes").asInt());
        for (var metric : new String[] {"nmi", "accuracy"}) {
            var value = found.get(metric).asDouble();
            assertTrue(value > 0 && value <= 1, metric + " " + value);
        }
        command("eval", "clusters", "--data", images.resolve("train"), "--model", run)
                .exits(0)
                .says(TRAIN + " images", "NMI", "ARI", "accuracy");
    }

    @Test
    void mistakesAreNamedAndLeaveNothing() throws IOException {
        var val = images.resolve("val");
        command("features", val, "-o", out("f.npy")).exits(2).says("--model", "--random");
        command("features", val, "--model", folder.resolve("nowhere")).exits(3).says("nowhere");
        command("features", val, "--model", run, "--tap", "conv9").exits(2).says("conv9", "conv5", "fc7");
        command("features", val, "--model", run, "-o", out("f.parquet"))
                .exits(2)
                .says(".npy");
        command("features", val, "--model", run, "--reduced", "--tap", "fc6")
                .exits(2)
                .says("--reduced");
        command("features", val, "--model", run, "-o", out("missing/f.npy"))
                .exits(5)
                .says("missing");
        command("eval", "knn", "--data", images, "--model", run, "--k", TRAIN + 1)
                .exits(2)
                .says("61 neighbours", "1 to 60");
        command("eval", "knn", "--data", images, "--model", run, "--temperature", 0)
                .exits(2)
                .says("--temperature");
        command("eval", "clusters", "--data", val.resolve("dots-disc"), "--model", run)
                .exits(3)
                .says("images of 0 classes");
        Files.writeString(folder.resolve("notes.txt"), "no image");
        command("assign", folder, "--model", run).exits(3).says("no images");
        assertEquals(1, folder.toFile().list().length, "something was written");
        Files.writeString(out("f.csv"), "old");
        command("features", val, "--model", run, "-o", out("f.csv")).exits(2).says("--overwrite");
        command("assign", val, "--model", run, "-o", out("f.csv")).exits(2).says("--overwrite");
        assertEquals("old", Files.readString(out("f.csv")));
        command("assign", val, "--model", run, "-o", out("f.csv"), "--overwrite")
                .exits(0);
        assertTrue(Files.readString(out("f.csv")).startsWith("path,cluster"));
    }

    @Test
    void aModelWithoutClustersIsRefused() {
        var bare = folder.resolve("bare");
        assertTrue(bare.toFile().mkdir());
        var read = CheckpointStore.read(run);
        new CheckpointStore(bare, 1)
                .writeRunning(new Checkpoint(read.manifest(), read.weights(), NamedTensors.empty(), null));
        command("assign", images.resolve("val"), "--model", bare).exits(3).says("no clusters");
        command("features", images.resolve("val"), "--model", bare, "-o", out("f.npy"))
                .exits(0);
    }

    private Path out(String name) {
        return folder.resolve(name);
    }

    private static JsonNode json(Object... arguments) throws IOException {
        return JSON.readTree(command(arguments).exits(0).out());
    }

    private static Uad.Outcome command(Object... arguments) {
        var all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--set";
        all[arguments.length + 1] = "engine.threads=1";
        return Uad.run(all);
    }
}
