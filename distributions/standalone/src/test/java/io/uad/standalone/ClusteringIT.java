package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusterings and formulas of uncertainty, chosen from the packaged command. */
class ClusteringIT {
    @TempDir
    static Path shared;

    private static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() {
        images = Images.write(shared.resolve("images"), 6, 0).resolve("train");
    }

    @Test
    void theOriginalFlagsChoosePicAndKIsIgnoredWhichIsSaid() throws IOException {
        var run = folder.resolve("run");
        Uad.run(train(run, "--clustering", "PIC", "--set", "uncertainty.plugin=rank"))
                .exits(0)
                .says("clustering is now pic (--clustering), which has no k and its own iterations: left out")
                .says("--k is ignored: clustering pic has no option k", "finished in");
        var config = Files.readString(run.resolve("config.yaml"));
        assertTrue(
                config.contains("plugin: pic\n  neighbours: 5\n  sigma: auto\n  alpha: 0.001\n  iterations: 200"),
                config);
        assertWeightsLieIn(run, 0.5, 1.5);
        Uad.run("train", "--exp", run, "--resume", "--epochs", 3).exits(0).says("epoch 2: loss");
    }

    @Test
    void picSaysWhenItIsLimitedAndWhenItsClustersAreSingletons() {
        Uad.run(train(folder.resolve("few"), "--clustering", "PIC", "--set", "clustering.max-clusters=1"))
                .exits(0)
                .says("more than clustering.max-clusters 1", "clusters 1");
        Uad.run(train(folder.resolve("narrow"), "--clustering", "PIC", "--set", "clustering.sigma=0.001"))
                .exits(0)
                .says("hold one image only", "set it to auto");
    }

    @Test
    void tooManyNeighboursAreFoundOutBeforeAnyImageIsRead() {
        var run = folder.resolve("run");
        Uad.run(train(run, "--clustering", "PIC", "--set", "clustering.neighbours=60"))
                .exits(2)
                .says("60 images", "clustering/pic", "61 images or more", "neighbours");
        assertFalse(Files.exists(run.resolve("run.json")));
    }

    @Test
    void everyFormulaOfUncertaintyWeighsEveryImageAndKmeansIsMeantByKmeans() throws IOException {
        for (var formula : List.of("fuzzy-c-means", "entropy", "margin")) {
            var run = folder.resolve(formula);
            Uad.run(train(run, "--epochs", 1, "--clustering", "Kmeans", "--set", "uncertainty.plugin=" + formula))
                    .exits(0)
                    .says("clusters 5", "finished in");
            assertWeightsLieIn(run, 0.5, 1.5);
            var config = Files.readString(run.resolve("config.yaml"));
            assertTrue(config.contains("plugin: kmeans\n  k: 5\n  iterations: 20"), config);
        }
        var run = folder.resolve("normalized");
        Uad.run(train(
                        run,
                        "--epochs",
                        1,
                        "--clustering",
                        "PIC",
                        "--set",
                        "uncertainty.plugin=margin",
                        "--set",
                        "uncertainty.normalize=true"))
                .exits(0);
        assertEquals(1, Arrays.stream(weights(run)).average().orElseThrow(), 1e-5);
    }

    /** With few components: whitened to as many as there are images, all of them are equally far from each other. */
    private static Object[] train(Path run, Object... more) {
        var arguments = Stream.concat(Arrays.stream(more), Stream.of("--set", "reduction.components=8"));
        return Images.train(images, run, arguments.toArray());
    }

    private static void assertWeightsLieIn(Path run, double least, double most) throws IOException {
        var weights = weights(run);
        assertEquals(60, weights.length);
        for (var weight : weights) {
            assertTrue(weight >= least && weight <= most, "weight " + weight);
        }
        assertTrue(Arrays.stream(weights).distinct().count() > 5, Arrays.toString(weights));
    }

    private static double[] weights(Path run) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(run.resolve("clusters/epoch-0000.csv.gz"))),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                    .toArray();
        }
    }
}
