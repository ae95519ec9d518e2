package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.ErrorKind;
import io.uad.api.Option;
import io.uad.api.UadException;
import io.uad.runtime.plugin.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {
    private static final ConfigLayer FOLDER = ConfigLayer.assignment("DIR", "dataset.path", "photos");

    @Test
    void withoutAnyLayerButTheFolderEverythingIsTheDefault() {
        var config = read();

        assertEquals(31, config.seed());
        assertEquals(Path.of("exp/uad"), config.output());
        assertEquals(new ImageSettings(224, false, OptionalInt.empty(), 0.1), config.image());
        assertEquals(new SamplingSettings(1.0), config.sampling());
        assertEquals(
                new TrainingSettings(
                        200,
                        0,
                        256,
                        0.05,
                        0.9,
                        1e-5,
                        TrainingSettings.Schedule.CONSTANT,
                        0,
                        OptionalDouble.empty(),
                        TrainingSettings.HeadStart.FRESH,
                        0,
                        2,
                        true),
                config.training());
        assertEquals(new CheckpointSettings(25000, OptionalInt.empty(), 3), config.checkpoint());
        assertEquals(new Fakes.Folder("photos"), config.dataset().options().as(Fakes.Folder.class));
        assertEquals(
                new Fakes.Concat(new Fakes.Low("pool1", 8), new Fakes.High("fc7")),
                config.fusion().options().as(Fakes.Concat.class));
        assertEquals(
                new Fakes.Djl("auto", OptionalInt.empty()),
                config.engine().options().as(Fakes.Djl.class));
        assertEquals("min-max", config.uncertainty().name());
        assertEquals(
                List.of("console", "jsonl"),
                config.listeners().stream().map(ComponentConfig::name).toList());
        assertEquals(List.of(), config.notices());
    }

    @Test
    void valuesOfEveryTypeAreRead() {
        var config = read("""
                seed: -9000000000
                output: "my runs/1"
                backbone: {plugin: alexnet, sobel: true, layout: flat}
                engine: {threads: 2}
                fusion: {low: {channels: 0x10}}
                clustering: {plugin: pic, sigma: .2, iterations: 7}
                training:
                  learning-rate: 5e-2
                  weight-decay: 1e-5
                listener:
                  - console
                  - plugin: jsonl
                    marks: [1, 2.5]
                """);

        assertEquals(-9_000_000_000L, config.seed());
        assertEquals(Path.of("my runs/1"), config.output());
        assertEquals(
                new Fakes.AlexNet(true, Fakes.Layout.FLAT),
                config.backbone().options().as(Fakes.AlexNet.class));
        assertEquals(
                OptionalInt.of(2), config.engine().options().as(Fakes.Djl.class).threads());
        assertEquals(
                new Fakes.Low("pool1", 16),
                config.fusion().options().as(Fakes.Concat.class).low());
        assertEquals(
                new Fakes.Pic(OptionalDouble.of(0.2), 7),
                config.clustering().options().as(Fakes.Pic.class));
        assertEquals(0.05, config.training().learningRate());
        assertEquals(1e-5, config.training().weightDecay());
        assertEquals(
                List.of(1.0, 2.5),
                config.listeners().get(1).options().as(Fakes.Jsonl.class).marks());
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of(
                        "clustering:\n  plugin: kmeans\n  k: ten",
                        "my.yaml, line 3: clustering.k: found 'ten'; expected a whole number, 1 or more."
                                + " Leave it out for the default 10000."),
                List.of("clustering: {k: 1.5}", "my.yaml, line 1: clustering.k: found '1.5'; expected a whole number"),
                List.of("clustering: {k: 0}", "clustering.k: found '0'; expected a whole number, 1 or more"),
                List.of("clustering: {k: '10'}", "clustering.k: found '10'; expected a whole number"),
                List.of(
                        "clustering: {k: 5000000000}",
                        "'5000000000'; expected a whole number, 1 or more, at most 2147483647"),
                List.of("clustering: {k: }", "clustering.k: found no value; expected a whole number"),
                List.of("clustering: {k: [1]}", "clustering.k: found a list; expected a whole number"),
                List.of("clustering: {k: {a: 1}}", "clustering.k: found a block of keys; expected a whole number"),
                List.of(
                        "\nclustering:\n  kk: 5",
                        "my.yaml, line 3: clustering.kk: unknown key 'kk'; expected one of plugin, k, iterations."
                                + " The nearest known key is k."),
                List.of("image: {plugin: x}", "image.plugin: unknown key 'plugin'; expected one of size,"),
                List.of("image: {siez: 64}", "The nearest known key is size."),
                List.of(
                        "clusterring: {k: 5}",
                        "my.yaml, line 1: clusterring: unknown key",
                        "The nearest known key is clustering."),
                List.of(
                        "fusion: {low: {tab: conv1}}",
                        "fusion.low.tab: unknown key 'tab'; expected one of tap, channels"),
                List.of("fusion: {low: pool1}", "fusion.low: found 'pool1'; expected a block of tap, channels"),
                List.of(
                        "clustering:",
                        "my.yaml, line 1: clustering: found no value; expected a block such as {plugin: kmeans}"),
                List.of("training: 5", "my.yaml, line 1: training: found '5'; expected a block of options"),
                List.of(
                        "clustering:\n  plugin: kmeens",
                        "my.yaml, line 2: clustering.plugin: unknown clustering 'kmeens'; expected one of kmeans, pic."
                                + " The nearest known name is kmeans."),
                List.of(
                        "clustering: {plugin: }",
                        "clustering.plugin: found no value; expected the name of a clustering"),
                List.of("clustering: {plugin: [pic]}", "clustering.plugin: found a list"),
                List.of("backbone: {sobel: yes}", "backbone.sobel: found 'yes'; expected true or false"),
                List.of("backbone: {layout: deep}", "backbone.layout: found 'deep'; expected one of by-class, flat"),
                List.of(
                        "engine: {threads: none}",
                        "engine.threads: found 'none'; expected a whole number, 1 or more, or auto"),
                List.of("engine: {threads: 0}", "engine.threads: found '0'"),
                List.of("uncertainty: {gamma: 11}", "uncertainty.gamma: found '11'; expected a number from 0 to 10"),
                List.of("uncertainty: {gamma: .nan}", "uncertainty.gamma: found '.nan'"),
                List.of("uncertainty: {gamma: 1d}", "uncertainty.gamma: found '1d'"),
                List.of(
                        "clustering: {plugin: pic, sigma: 0}",
                        "clustering.sigma: found '0'; expected a number above 0, or auto"),
                List.of("listener: console", "listener: found 'console'; expected a list such as [console, jsonl]"),
                List.of("listener: [{marks: []}]", "listener: found a block of keys; expected the name of a listener"),
                List.of(
                        "listener:\n  - jsonl\n  - {plugin: jsonl}",
                        "my.yaml, line 3: listener: found jsonl a second time; expected each listener once"),
                List.of("listener: [konsole]", "listener.plugin: unknown listener 'konsole'"),
                List.of(
                        "listener: [{plugin: jsonl, marks: 3}]",
                        "listener.marks: found '3'; expected a list, each of it a number, 0 or more"),
                List.of("listener: [{plugin: jsonl, marks: [3, -1]}]", "listener.marks: found '-1'"),
                List.of(
                        "seed: 1.5",
                        "my.yaml, line 1: seed: found '1.5'; expected a whole number. Leave it out for the default 31."),
                List.of("output: ''", "my.yaml, line 1: output must name a folder, was blank"),
                List.of("output: \"a\\0b\"", "my.yaml, line 1: output must be a path"),
                List.of("training: {momentum: 1.0}", "my.yaml, line 1: training: momentum must be below 1, was 1.0"),
                List.of("training: {epochs: 3, start-epoch: 3}", "training: start-epoch must be below epochs"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsNamedWithPlacePathAndWhatWasExpected(List<String> mistake) {
        var error = assertThrows(UadException.class, () -> read(mistake.get(0)));

        assertEquals(ErrorKind.CONFIG, error.kind());
        for (var piece : mistake.subList(1, mistake.size())) {
            Messages.assertContains(piece, error);
        }
    }

    @Test
    void valueInPlaceOfABlockIsAnsweredAsItWasGiven() {
        var flag = ConfigLayer.assignments("--set", List.of("clustering=4"));
        Messages.assertContains(
                "--set clustering.KEY=VALUE",
                assertThrows(UadException.class, () -> reader().read(List.of(FOLDER, flag))));
        Messages.assertContains(
                "Indent its options below it", assertThrows(UadException.class, () -> read("clustering: 4")));
    }

    @ParameterizedTest
    @CsvSource({
        "image.size,0",
        "image.size,4097",
        "image.workers,0",
        "image.max-bad-share,-0.1",
        "image.max-bad-share,1.1",
        "sampling.reassign,0",
        "training.epochs,0",
        "training.start-epoch,-1",
        "training.batch,1",
        "training.learning-rate,0",
        "training.momentum,-0.1",
        "training.weight-decay,-1",
        "checkpoint.every-iterations,0",
        "checkpoint.keep,0"
    })
    void valueBeyondItsBoundIsRefused(String key, String value) {
        var layer = ConfigLayer.assignments("--set", List.of(key + "=" + value));

        var error = assertThrows(UadException.class, () -> reader().read(List.of(FOLDER, layer)));

        Messages.assertContains("--set: " + key + ": found '" + value + "'; expected a ", error);
    }

    @Test
    void missingFolderSaysHowToGiveIt() {
        var error = assertThrows(UadException.class, () -> reader().read(List.of()));

        assertEquals(ErrorKind.CONFIG, error.kind());
        Messages.assertContains("dataset.path: is missing; expected text: the folder of images.", error);
        Messages.assertContains("uad train DIR", error);
    }

    @Test
    void missingOptionIsNamedAtItsBlock() {
        var layer = ConfigLayer.text("my.yaml", "seed: 1\ndataset:\n  plugin: image-folder");

        var error = assertThrows(UadException.class, () -> reader().read(List.of(layer)));

        Messages.assertContains("my.yaml, line 3: dataset.path: is missing", error);
    }

    @Test
    void showListsEverythingWithItsMeaningEvenIfSomethingIsMissing() {
        var yaml = reader().show(List.of(ConfigLayer.text("my.yaml", "clustering: {k: 7}")));

        Messages.assertContains("  # path: ... # must be given: the folder of images\n", yaml);
        Messages.assertContains("clustering:\n  plugin: kmeans # stands for kmeans\n  k: 7 # clusters\n", yaml);
        assertEquals(
                7,
                reader().read(List.of(ConfigLayer.text("shown", yaml), FOLDER))
                        .clustering()
                        .options()
                        .as(Fakes.Kmeans.class)
                        .k());
    }

    @Test
    void showRefusesWhatReadRefuses() {
        var layer = ConfigLayer.text("my.yaml", "training: {momentum: 2}");

        var error = assertThrows(UadException.class, () -> reader().show(List.of(layer)));

        Messages.assertContains("momentum must be below 1", error);
    }

    public record Unmarked(int size) {}

    public record Odd(
            @Option(defaultValue = "1", description = "x") Thread size) {}

    public record BadDefault(
            @Option(defaultValue = "0", min = 1, description = "x")
            int size) {}

    public record Failing(
            @Option(defaultValue = "1", description = "x") int size) {
        public Failing {
            throw new IllegalStateException("half-built");
        }
    }

    static Stream<List<Object>> brokenOptions() {
        return Stream.of(
                List.of(Unmarked.class, "size has no @Option"),
                List.of(Odd.class, "an option cannot be of type java.lang.Thread"),
                List.of(BadDefault.class, "default of engine odd: engine.size: found '0'"),
                List.of(Failing.class, "half-built"));
    }

    @ParameterizedTest
    @MethodSource("brokenOptions")
    void optionsThatBreakTheirContractAreThePluginsFault(List<Object> broken) {
        var type = ((Class<?>) broken.get(0)).asSubclass(Record.class);
        var registry = Fakes.registry(List.of(Fakes.component(Stage.ENGINE, "odd", type)));
        var layer = ConfigLayer.text("my.yaml", "engine: {plugin: odd}");

        var error = assertThrows(
                UadException.class,
                () -> new ConfigReader(registry, PresetSource.installed()).read(List.of(FOLDER, layer)));

        assertEquals(ErrorKind.PLUGIN, error.kind());
        Messages.assertContains((String) broken.get(1), error);
    }

    private static ConfigReader reader() {
        return new ConfigReader(Fakes.registry(), PresetSource.installed());
    }

    private static RunConfig read(String... yaml) {
        return reader().read(Stream.concat(
                        Stream.of(FOLDER), Stream.of(yaml).map(text -> ConfigLayer.text("my.yaml", text)))
                .toList());
    }
}
