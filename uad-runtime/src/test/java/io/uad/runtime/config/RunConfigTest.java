package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.UadException;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigTest {
    private static final String CHANGED = """
            seed: 7
            dataset: {path: data/train}
            image: {workers: 3}
            backbone: {sobel: true, layout: flat}
            engine: {threads: 2}
            fusion: {low: {channels: 3}}
            clustering: {plugin: pic, sigma: 0.2}
            training: {weight-decay: 1.0e-5, learning-rate: 3e10}
            listener: [console, {plugin: jsonl, marks: [1, .5]}]
            """;

    private final ConfigReader reader = new ConfigReader(Fakes.registry(), PresetSource.installed());

    @Test
    void whatIsWrittenReadsBackAsAnEqualConfig() {
        var config = reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED)));

        var again = reader.read(List.of(ConfigLayer.text("config.yaml", config.toYaml())));

        assertEquals(config, again);
        assertEquals(config.toYaml(), again.toYaml());
    }

    @Test
    void absolutePathsHoldInAnyWorkingFolderAndNothingElseChanges() {
        var config = reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED)));

        var absolute = config.withAbsolutePaths();

        var here = Path.of("").toAbsolutePath();
        assertEquals(here.resolve("exp/uad"), absolute.output());
        assertEquals(
                config.toYaml()
                        .replace("output: exp/uad", "output: " + here.resolve("exp/uad"))
                        .replace("path: data/train", "path: " + here.resolve("data/train")),
                absolute.toYaml());
        assertEquals(absolute, absolute.withAbsolutePaths());
    }

    @Test
    void everyOptionIsWritten() {
        var yaml = reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED))).toYaml();

        assertEquals("""
                seed: 7
                output: exp/uad
                dataset:
                  plugin: image-folder
                  path: data/train
                image:
                  size: 224
                  exif-orientation: false
                  workers: 3
                  max-bad-share: 0.1
                backbone:
                  plugin: alexnet
                  sobel: true
                  layout: flat
                engine:
                  plugin: djl
                  device: auto
                  threads: 2
                fusion:
                  plugin: concat
                  low:
                    tap: pool1
                    channels: 3
                  high:
                    tap: fc7
                reduction:
                  plugin: pca-whiten
                  components: 256
                  sample: 20000
                clustering:
                  plugin: pic
                  sigma: 0.2
                  iterations: 200
                uncertainty:
                  plugin: min-max
                  gamma: 0.5
                  normalize: false
                sampling:
                  reassign: 1.0
                training:
                  epochs: 200
                  start-epoch: 0
                  batch: 256
                  learning-rate: 3.0e+10
                  momentum: 0.9
                  weight-decay: 1.0e-5
                  schedule: constant
                  warm-up: 0.0
                  max-gradient-norm: auto
                  head: fresh
                  recluster-churn: 0.0
                  recluster-every: 2
                  joint-statistics: true
                checkpoint:
                  every-iterations: 25000
                  every-epochs: auto
                  keep: 3
                listener:
                  - plugin: console
                  - plugin: jsonl
                    every-steps: 10
                    marks: [1.0, 0.5]
                """, yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:\\new\\table",
                "my photos",
                "null",
                "~",
                "true",
                "007",
                "1e5",
                "#1",
                "a: b",
                "a #b",
                "[x]",
                "",
                "'",
                "\"",
                "données/été",
                "tab\there",
                "line\nbreak",
                "\uD83D\uDCF7",
                "yes",
                "*",
                "-",
                "- a",
                "%",
                "@",
                "|",
                "&a"
            })
    void anyPathSurvivesWritingAndReading(String path) {
        var config = reader.read(List.of(ConfigLayer.assignment("DIR", "dataset.path", path)));

        var again = reader.read(List.of(ConfigLayer.text("config.yaml", config.toYaml())));

        assertEquals(path, again.dataset().options().as(Fakes.Folder.class).path());
    }

    @Test
    void listenersWithoutOptionsStandInOneLine() {
        var config = reader.read(List.of(ConfigLayer.text("my.yaml", "dataset: {path: x}\nlistener: [console]")));

        Messages.assertContains("\nlistener: [console]\n", config.toYaml());
    }

    @Test
    void everyStageHasItsComponent() {
        var config = reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED)));

        assertEquals("pic", config.component(Stage.CLUSTERING).name());
        assertEquals(config.dataset(), config.component(Stage.DATASET));
        assertThrows(IllegalArgumentException.class, () -> config.component(Stage.LISTENER));
    }

    @Test
    void withoutABlockForItThereIsNoDecoderAndNothingIsWrittenOfOne() {
        var config = reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED)));

        assertEquals(Optional.empty(), config.decoder());
        assertFalse(config.toYaml().contains("decoder"));
        assertEquals(
                List.of("dataset", "backbone", "engine", "fusion", "reduction", "clustering", "uncertainty"),
                stages(config));
        assertThrows(IllegalArgumentException.class, () -> config.component(Stage.DECODER));
    }

    @Test
    void aDecoderIsWrittenBehindTheImagesAndReadsBack() {
        var config = reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED + "decoder: {reducing-gap: 3}")));

        assertEquals("leptonica", config.component(Stage.DECODER).name());
        assertEquals("decoder", stages(config).get(1));
        Messages.assertContains(
                "  max-bad-share: 0.1\ndecoder:\n  plugin: leptonica\n  reducing-gap: 3.0\nbackbone:\n",
                config.toYaml());
        assertEquals(config, reader.read(List.of(ConfigLayer.text("config.yaml", config.toYaml()))));
        assertEquals(
                List.of(
                        "decoder.plugin was nothing and is now leptonica",
                        "decoder.reducing-gap was nothing and is now 3.0"),
                ConfigDifference.between(
                        reader.read(List.of(ConfigLayer.text("my.yaml", CHANGED)))
                                .toYaml(),
                        config.toYaml(),
                        key -> true));
    }

    @Test
    void aHigherLayerTakesTheDecoderBack() {
        var lower = ConfigLayer.text("my.yaml", CHANGED + "decoder: {reducing-gap: 3}");

        var config = reader.read(List.of(lower, ConfigLayer.assignment("--set", "decoder.plugin", "none")));
        var again = reader.read(List.of(
                ConfigLayer.text("my.yaml", CHANGED + "decoder: {plugin: none}"),
                ConfigLayer.assignment("--set", "decoder.plugin", "plain")));

        assertEquals(Optional.empty(), config.decoder());
        assertEquals("plain", again.component(Stage.DECODER).name());
    }

    @Test
    void aDecoderThatIsNotInstalledIsNamedWithThoseThatAre() {
        var layers = List.of(ConfigLayer.text("my.yaml", CHANGED + "decoder: {plugin: turbo}"));

        var error = assertThrows(UadException.class, () -> reader.read(layers));

        Messages.assertContains("decoder.plugin: unknown decoder 'turbo'; expected one of leptonica, plain", error);
    }

    private static List<String> stages(RunConfig config) {
        return config.components().stream()
                .map(chosen -> chosen.component().stage().key())
                .toList();
    }
}
