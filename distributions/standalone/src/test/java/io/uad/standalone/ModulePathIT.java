package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The jars of the distribution on the module path, the engines on the class path. */
class ModulePathIT {
    /** The components that users name in their files; there may be more. */
    private static final List<String> COMPONENTS = List.of(
            "dataset/image-folder",
            "dataset/features",
            "dataset/packed",
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

    private static List<String> ids(List<String> lines) {
        return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }
}
