package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars of the distribution on the module path, the engines on the class path. */
class ModulePathIT {
    /** The components that users name in their files; there may be more. */
    private static final List<String> COMPONENTS = List.of(
            "dataset/image-folder",
            "dataset/features",
            "backbone/alexnet",
            "backbone/vgg16",
            "backbone/resnet",
            "backbone/mlp",
            "engine/djl",
            "fusion/balanced-concat",
            "fusion/concat",
            "fusion/high-only",
            "fusion/matrix",
            "fusion/noise",
            "fusion/product",
            "fusion/sum",
            "reduction/pca-whiten",
            "clustering/kmeans",
            "clustering/pic",
            "uncertainty/affine",
            "uncertainty/entropy",
            "uncertainty/fuzzy-c-means",
            "uncertainty/margin",
            "uncertainty/min-max",
            "uncertainty/rank",
            "uncertainty/uniform",
            "listener/console",
            "listener/jsonl");

    @Test
    void theClassPathHasEveryComponentInNoModule() {
        var found = Distribution.onTheClassPath(ListComponents.class);
        assertTrue(ids(found).containsAll(COMPONENTS), found.toString());
        assertTrue(found.stream().allMatch(line -> line.endsWith(" null")), found.toString());
    }

    @Test
    void theModulePathHasTheSameComponentsInTheirModules() {
        var found = Distribution.onTheModulePath(ListComponents.class);
        assertEquals(ids(Distribution.onTheClassPath(ListComponents.class)), ids(found));
        for (var line : found) {
            var stage = line.substring(0, line.indexOf('/'));
            var expected = stage.equals("engine") ? " null" : " io.uad.plugin." + stage + ".";
            assertTrue(line.contains(expected), line);
        }
    }

    @Test
    void theVersionIsTheBuildsOnBothPaths() {
        var version = Distribution.HOME.getFileName().toString().replaceFirst("uad-", "");
        assertEquals(List.of(version), Distribution.onTheClassPath(PrintVersion.class));
        assertEquals(List.of(version), Distribution.onTheModulePath(PrintVersion.class));
    }

    /** Which reads images, JSON and options, and does the linear algebra: all that modules could keep from each other. */
    @Test
    void aRunAndItsResumptionWorkOnTheModulePath(@TempDir Path folder) throws IOException {
        var pictures = Files.createDirectory(folder.resolve("pictures"));
        for (var i = 0; i < 12; i++) {
            var picture = new BufferedImage(70, 70, BufferedImage.TYPE_INT_RGB);
            for (var at = 0; at < 70 * 70; at++) {
                picture.setRGB(at % 70, at / 70, at * (i + 3) * 7919);
            }
            ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
        }
        var config = folder.resolve("config.yaml");
        Files.writeString(config, """
                output: '%s'
                dataset: {path: '%s'}
                image: {size: 63}
                backbone: {hidden: 16}
                engine: {device: cpu}
                reduction: {components: auto}
                clustering: {k: 3, iterations: 2}
                training: {epochs: 2, batch: 4}
                listener: [jsonl]
                """.formatted(folder.resolve("run"), pictures));

        assertEquals(
                List.of("io.uad.runtime 2 2"), Distribution.onTheModulePath(TrainBriefly.class, config.toString()));
        assertTrue(Files.size(folder.resolve("run/metrics.jsonl")) > 0);
    }

    private static List<String> ids(List<String> lines) {
        return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }
}
