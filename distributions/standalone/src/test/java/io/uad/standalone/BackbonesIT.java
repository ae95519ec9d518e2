package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Narrow versions of the other backbones, trained and probed; AlexNet is in every other test. */
class BackbonesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() {
        images = Images.write(shared.resolve("images"), 3, 2);
    }

    @Test
    void vgg16IsTrainedAndItsConvolutionsAreProbedByNumber() throws IOException {
        var run = train("{plugin: vgg16, sobel: true, hidden: 16, width: 0.05}", "fc7");
        var taps = probe(run, "1,13,pool2");
        assertEquals("conv1", taps.get(0).get("tap").asText());
        assertEquals(3 * 56 * 56, taps.get(0).get("features").asInt(), "a side of floor(sqrt(9600 / 3))");
        assertEquals("conv13", taps.get(1).get("tap").asText());
        assertEquals(26 * 4 * 4, taps.get(1).get("features").asInt(), "the whole map");
        assertEquals("pool2", taps.get(2).get("tap").asText());
        Uad.run("eval", "linear", "--data", images, "--model", run, "--conv", 14)
                .exits(2)
                .says("the backbone vgg16 has no tap 'conv14'", "conv12, conv13, pool5, fc6, fc7");
    }

    @Test
    void resnetIsTrainedUnderItsUsualNameAndProbedByTap() throws IOException {
        for (var depth : new int[] {18, 50}) {
            var run = train("{plugin: alexnet, width: 0.05}", "features", "-a", "resnet" + depth);
            var taps = probe(run, "1,layer2,features");
            assertEquals("conv1", taps.get(0).get("tap").asText());
            assertEquals(3 * 32 * 32, taps.get(0).get("features").asInt());
            assertEquals("layer2", taps.get(1).get("tap").asText());
            assertEquals("features", taps.get(2).get("tap").asText());
            assertEquals(depth == 18 ? 26 : 104, taps.get(2).get("features").asInt());
            Uad.run("eval", "linear", "--data", images, "--model", run, "--conv", "fc7")
                    .exits(2)
                    .says("the backbone resnet" + depth + " has no tap 'fc7'", "layer3, layer4, features");
        }
    }

    @Test
    void aDepthThatThereIsNotAndATapThatThereIsNotAreClearErrors() {
        var train = images.resolve("train");
        Uad.run("train", train, "--arch", "resnet34", "--exp", folder.resolve("run"))
                .exits(2)
                .says("depth must be 18 or 50, was 34");
        Uad.run("train", train, "-a", "resnet18", "--set", "fusion.high.tap=fc7", "--exp", folder.resolve("run"))
                .exits(2)
                .says("fusion.high.tap: the backbone resnet18 has no tap 'fc7'", "layer3, layer4, features");
    }

    private Path train(String backbone, String highTap, Object... more) throws IOException {
        var config = folder.resolve("config.yaml");
        var run = folder.resolve("run");
        Files.writeString(config, """
                image: {size: 64}
                backbone: %s
                engine: {threads: 1}
                fusion: {plugin: concat, low: {tap: pool1, channels: 2}, high: {tap: %s}}
                reduction: {components: auto}
                clustering: {k: 4}
                training: {epochs: 2, batch: 16}
                """.formatted(backbone, highTap));
        var arguments = new ArrayList<Object>(
                List.of("train", images.resolve("train"), "--config", config, "--exp", run, "--overwrite"));
        arguments.addAll(List.of(more));
        Uad.run(arguments.toArray()).exits(0).says("epoch 1: loss", "finished in");
        return run;
    }

    private JsonNode probe(Path run, String taps) throws IOException {
        var outcome = Uad.run(
                "eval",
                "linear",
                "--data",
                images,
                "--model",
                run,
                "--conv",
                taps,
                "--epochs",
                1,
                "--batch",
                16,
                "--exp",
                folder.resolve("probe"),
                "--overwrite",
                "--json",
                "--set",
                "engine.threads=1");
        return JSON.readTree(outcome.exits(0).out()).get("taps");
    }
}
