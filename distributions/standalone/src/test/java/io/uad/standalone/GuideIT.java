package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide has a page for everything, and the program on it runs; for the pages of the stages see {@link ArchetypesIT}. */
class GuideIT {
    private static final List<String> OTHER_PAGES = List.of("README.md", "embedding.md");

    @TempDir
    Path folder;

    @Test
    void thereIsAPagePerStageAndThePagesNameEachOther() throws IOException {
        var expected = new TreeSet<>(OTHER_PAGES);
        Arrays.stream(Stage.values()).forEach(stage -> expected.add(stage.key() + ".md"));
        assertEquals(expected, new TreeSet<>(GuidePage.names()));
        var first = GuidePage.read("README.md").text();
        expected.remove("README.md");
        expected.forEach(page -> assertTrue(first.contains("(" + page + ")"), page));
        assertTrue(Files.readString(Path.of("../../README.md")).contains("(plugins/guide/README.md)"));
    }

    @Test
    void theProgramOfThePageOnEmbeddingRunsOnTheClassPathAndAsAModule() throws IOException {
        var sources = Files.createDirectory(folder.resolve("sources"));
        var page = GuidePage.read("embedding.md");
        var blocks = page.blocks("java");
        assertEquals(2, blocks.size());
        for (var block : blocks) {
            var file = sources.resolve(GuidePage.fileOf(block));
            Files.createDirectories(file.getParent());
            Files.writeString(file, block);
        }
        Files.writeString(
                sources.resolve("com/example/training/Planning.java"), """
                package com.example.training;

                import io.uad.runtime.UadRun;
                import io.uad.runtime.checkpoint.RunFolder;

                class Planning {
                    static void plan(UadRun run) {
                        %s;
                    }
                }
                """.formatted(page.inline("run.plan(")));
        var module = Files.createDirectory(folder.resolve("module"));
        GuidePage.compile(sources, module, Distribution.jars("lib"), true);
        Files.delete(sources.resolve("module-info.java"));
        var classes = Files.createDirectory(folder.resolve("classes"));
        GuidePage.compile(sources, classes, Distribution.jars("lib"), false);
        var images = Images.write(folder.resolve("images"), 2, 1).resolve("train");
        var config = Files.writeString(folder.resolve("config.yaml"), """
                dataset: {path: '%s'}
                image: {size: 63}
                backbone: {width: 0.125, hidden: 16}
                engine: {device: cpu, threads: 1}
                reduction: {components: auto}
                clustering: {k: 5, iterations: 2}
                training: {epochs: 2, batch: 8}
                checkpoint: {every-iterations: 1}
                listener: [jsonl]
                """.formatted(images))
                .toString();

        var run = folder.resolve("run");
        var said =
                Distribution.onTheClassPath(List.of(classes), "com.example.training.Training", config, run.toString());
        assertEquals(3, said.size(), said.toString());
        assertTrue(said.get(0).startsWith("epoch 0: {loss="), said.toString());
        assertEquals("2 epochs, see " + run, said.get(2));

        // The same in modules, in two parts.
        var half = Files.writeString(
                        folder.resolve("half.yaml"),
                        Files.readString(Path.of(config)).replace("epochs: 2", "epochs: 1"))
                .toString();
        var other = folder.resolve("other").toString();
        var main = "com.example.training/com.example.training.Training";
        assertEquals(
                List.of(said.get(0), "1 epochs, see " + other),
                Distribution.onTheModulePath(List.of(module), main, half, other));
        assertEquals(
                List.of(said.get(1), "2 epochs, see " + other),
                Distribution.onTheModulePath(List.of(module), main, config, other));
    }
}
