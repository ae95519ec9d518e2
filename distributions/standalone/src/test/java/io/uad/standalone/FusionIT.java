package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every preset and every fusion through a short run of the packaged command. */
class FusionIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() {
        images = Images.write(shared.resolve("images"), 6, 1).resolve("train");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepcluster", "uad-u", "uad", "uad-program"})
    void everyPresetTrains(String preset) throws IOException {
        var run = folder.resolve(preset);
        // With as many components as images all of these are equally far from each other, and every weight is 1; and
        // few of the 16 high-level features live.
        var components = "reduction.components=4";
        var outcome = Uad.run(Images.train(images, run, "--config", preset, "--set", components))
                .exits(0);
        assertEquals(2, epochs(run).size());
        assertEquals(preset.equals("uad-program"), outcome.err().contains("warning: fusion.low.redraw: batch"));
        var isFused = !preset.equals("deepcluster") && !preset.equals("uad-u");
        assertEquals(isFused, epochs(run).get(0).has("variance-share-low"));
        var isWeighed = !preset.equals("deepcluster");
        assertEquals(isWeighed, epochs(run).get(0).get("weight-max").asDouble() > 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"balanced-concat", "sum", "product", "matrix", "noise"})
    void everyOtherFusionTrainsAndRepeats(String fusion) throws IOException {
        for (var run : List.of("once", "again")) {
            var workers = run.equals("once") ? 1 : 4;
            Uad.run(Images.train(
                            images,
                            folder.resolve(run),
                            "--set",
                            "fusion.plugin=" + fusion,
                            "--epochs",
                            1,
                            "--workers",
                            workers))
                    .exits(0);
        }
        assertSame(folder.resolve("once"), folder.resolve("again"));
        var epoch = epochs(folder.resolve("once")).get(0);
        if (fusion.equals("balanced-concat")) {
            var low = epoch.get("variance-share-low").asDouble();
            assertEquals(1, low + epoch.get("variance-share-high").asDouble(), 1e-9);
            assertTrue(low > 0.5 && low < 1, "that of the activations, before they are balanced: " + low);
        } else {
            assertEquals(1, epoch.get("variance-share-joint").asDouble(), 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch", "batch"})
    void aStoppedRunWithRedrawnChannelsGoesOnToTheSameBytes(String redraw) throws Exception {
        var whole = folder.resolve("whole");
        Uad.run(redrawing(redraw, whole, "--workers", 1)).exits(0);
        var stopped = folder.resolve("stopped");
        var running = Uad.start(redrawing(redraw, stopped, "--workers", 3));
        while (running.process().isAlive() && !Files.exists(stopped.resolve("checkpoint.json"))) {
            Thread.sleep(5);
        }
        running.process().destroyForcibly().waitFor(); // after an epoch, or in the next one
        Uad.run("train", "--exp", stopped, "--resume").exits(0).says("going on from the checkpoint");
        assertSame(whole, stopped);
        assertEquals(2, epochs(stopped).size());
    }

    @Test
    void channelsThatAreRedrawnPerEpochAreStoredAndDiffer() throws IOException {
        var run = folder.resolve("run");
        Uad.run(redrawing("epoch", run, "--set", "checkpoint.keep=8")).exits(0);
        var first = channels(run.resolve("checkpoints/checkpoint-4.json")); // at the end of the first epoch
        var second = channels(run.resolve("checkpoint.json"));
        assertEquals(8, first.size());
        assertEquals(8, second.size());
        assertNotEquals(first, second);
    }

    /**
     * Ten classes of 24 images are three batches of 8 each. All channels are there to draw from, and nothing is learned
     * before the first clustering, so that only the channels make the difference.
     */
    @Test
    void channelsThatAreRedrawnPerBatchGiveTheOrderOfTheFilesAwayAndTheRunSaysSo() throws IOException {
        var more = Images.write(folder.resolve("more"), 24, 0).resolve("train");
        var fixed = folder.resolve("fixed");
        var redrawn = folder.resolve("redrawn");
        var quiet = Uad.run(leaking("run", more, fixed)).exits(0);
        assertFalse(quiet.err().contains("warning"), quiet.err());
        var warned = Uad.run(leaking("batch", more, redrawn)).exits(0);
        warned.says("warning: the clusters follow the order of the files");
        var low = epochs(fixed).get(0);
        var high = epochs(redrawn).get(0);
        var name = "nmi-folder-order";
        assertTrue(high.get(name).asDouble() > low.get(name).asDouble() + 0.05, low + " " + high); // 0.53 and 0.42
    }

    @Test
    void wrongChannelsAreNamed() {
        Uad.run(Images.train(images, folder.resolve("run"), "--config", "uad", "--set", "fusion.low.indices=[3]"))
                .exits(2)
                .says("fusion.low: channels 8 and indices [3] are both given");
        var auto = "fusion.low.channels=auto";
        Uad.run(Images.train(images, folder.resolve("run"), "--set", auto, "--set", "fusion.low.indices=[3, 96]"))
                .exits(2)
                .says("fusion.low.indices: channel 96 of the tap pool1, which has 12");
        Uad.run(Images.train(images, folder.resolve("run"), "--set", auto, "--set", "fusion.low.indices=[3, 3]"))
                .exits(2)
                .says("indices must be distinct");
        Uad.run(Images.train(images, folder.resolve("run"), "--set", "fusion.low.redraw=daily"))
                .exits(2)
                .says("fusion.low.redraw: found 'daily'", "run, epoch, batch");
    }

    private static Object[] redrawing(String redraw, Path run, Object... more) {
        var all = new ArrayList<Object>(List.of("--set", "fusion.low.redraw=" + redraw));
        all.addAll(List.of(more));
        return Images.train(images, run, all.toArray());
    }

    private static Object[] leaking(String redraw, Path images, Path run) {
        var low = "fusion.low.redraw=" + redraw;
        var components = "reduction.components=16"; // far fewer than images: else whitening leaves little but noise
        return Images.train(
                images,
                run,
                "--set",
                low,
                "--set",
                components,
                "--set",
                "backbone.width=1",
                "--k",
                20,
                "--batch",
                8,
                "--epochs",
                1,
                "--reassign",
                0.06);
    }

    /** The channels of the low tap that a checkpoint names. */
    private static JsonNode channels(Path checkpoint) throws IOException {
        var manifest = JSON.readTree(checkpoint.toFile());
        return manifest.get("model").get("selections").get(0).get("channels");
    }

    private static List<JsonNode> epochs(Path run) throws IOException {
        var epochs = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            var json = JSON.readTree(line);
            if (json.has("nmi-folder-order")) {
                epochs.add(json);
            }
        }
        return epochs;
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        for (var file : List.of("metrics.jsonl", "checkpoint.safetensors", "checkpoint.json")) {
            assertArrayEquals(
                    Files.readAllBytes(expected.resolve(file)), Files.readAllBytes(actual.resolve(file)), file);
        }
    }
}
