package io.uad.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.UadException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayerMergingTest {
    private static final ConfigLayer BASE = ConfigLayer.text("base.yaml", """
            dataset: {path: photos}
            clustering:
              plugin: kmeans
              k: 100
              iterations: 7
            fusion:
              plugin: concat
              low: {tap: conv1, channels: 4}
            listener: [console]
            """);

    @Test
    void higherLayersWinValueByValue() {
        var config = read(
                BASE,
                ConfigLayer.assignment("--k", "clustering.k", "200"),
                ConfigLayer.assignments("--set", List.of("fusion.low.channels=5")));

        assertEquals(new Fakes.Kmeans(200, 7), config.clustering().options().as(Fakes.Kmeans.class));
        assertEquals(
                new Fakes.Low("conv1", 5),
                config.fusion().options().as(Fakes.Concat.class).low());
        assertEquals(List.of(), config.notices());
    }

    @Test
    void listsAreReplacedAsAWhole() {
        var config = read(BASE, ConfigLayer.assignments("--set", List.of("listener=[jsonl]")));

        assertEquals(
                List.of("jsonl"),
                config.listeners().stream().map(ComponentConfig::name).toList());
    }

    @Test
    void anotherPluginDropsWhatItLacksAndWhatMeansAnotherThingThereWithOneNotice() {
        var config = read(BASE, ConfigLayer.assignment("--clustering", "clustering.plugin", "PIC"));

        assertEquals(
                new Fakes.Pic(OptionalDouble.empty(), 200),
                config.clustering().options().as(Fakes.Pic.class));
        assertEquals(
                List.of("clustering is now pic (--clustering), which has no k and its own iterations: left out"),
                config.notices());
    }

    @Test
    void anOptionOfTheNewPluginInAHigherLayerHolds() {
        var config = read(
                BASE,
                ConfigLayer.assignment("--clustering", "clustering.plugin", "PIC"),
                ConfigLayer.assignments("--set", List.of("clustering.iterations=9")));

        assertEquals(9, config.clustering().options().as(Fakes.Pic.class).iterations());
    }

    @Test
    void anotherPluginKeepsTheOptionsThatBothHaveWithOneDefault() {
        var config = read(
                ConfigLayer.text(
                        "base.yaml", "dataset: {path: x}\nuncertainty: {plugin: min-max, gamma: 0.7, normalize: true}"),
                ConfigLayer.assignments("--set", List.of("uncertainty.plugin=rank")));

        assertEquals(new Fakes.Rank(0.7), config.uncertainty().options().as(Fakes.Rank.class));
        assertEquals(List.of("uncertainty is now rank (--set), which has no normalize: left out"), config.notices());
    }

    @Test
    void droppedOptionsShareOneNotice() {
        var config = read(BASE, ConfigLayer.text("my.yaml", "\nfusion: {plugin: high-only, tap: fc6}"));

        assertEquals(new Fakes.High("fc6"), config.fusion().options().as(Fakes.High.class));
        assertEquals(
                List.of("fusion is now high-only (my.yaml, line 2), which has no low: left out"), config.notices());
    }

    @Test
    void optionsWithoutAPluginBelongToTheDefault() {
        var config = read(
                ConfigLayer.text("base.yaml", "dataset: {path: x}\nclustering: {k: 5}"),
                ConfigLayer.assignment("--clustering", "clustering.plugin", "pic"));

        assertEquals(1, config.notices().size());
    }

    @Test
    void samePluginAgainDropsNothing() {
        var config = read(BASE, ConfigLayer.assignment("--clustering", "clustering.plugin", "Kmeans"));

        assertEquals(100, config.clustering().options().as(Fakes.Kmeans.class).k());
        assertEquals(List.of(), config.notices());
    }

    @Test
    void pluginThatIsNotInstalledMayBeReplaced() {
        var config = read(
                ConfigLayer.text("base.yaml", "dataset: {path: x}\nclustering: {plugin: spectral, width: 5, k: 9}"),
                ConfigLayer.assignment("--clustering", "clustering.plugin", "kmeans"));

        assertEquals(9, config.clustering().options().as(Fakes.Kmeans.class).k());
        assertEquals(
                List.of("clustering is now kmeans (--clustering), which has no width: left out"), config.notices());
    }

    @Test
    void mistypedKeyIsNotDroppedButReported() {
        var layer = ConfigLayer.text("my.yaml", "clustering: {kk: 5}");
        var pic = ConfigLayer.assignment("--clustering", "clustering.plugin", "pic");

        var error = assertThrows(UadException.class, () -> read(BASE, layer, pic));

        Messages.assertContains("my.yaml, line 1: clustering.kk: unknown key", error);
    }

    @Test
    void optionOfAnotherPluginInTheSameLayerIsAMistake() {
        var layer = ConfigLayer.text("my.yaml", "clustering: {plugin: pic, k: 5}");

        var error = assertThrows(UadException.class, () -> read(BASE, layer));

        Messages.assertContains("clustering.k: unknown key 'k'; expected one of plugin, sigma, iterations", error);
    }

    @Test
    void flagThatThePluginNeedNotKnowIsIgnoredWithANotice() {
        var pic = ConfigLayer.text("my.yaml", "clustering: {plugin: pic}");
        var flag = ConfigLayer.assignmentIfKnown("--k", "clustering.k", "5");

        assertEquals(
                List.of(
                        "clustering is now pic (my.yaml, line 1), which has no k and its own iterations: left out",
                        "--k is ignored: clustering pic has no option k"),
                read(BASE, pic, flag).notices());
        assertEquals(
                5,
                read(BASE, flag).clustering().options().as(Fakes.Kmeans.class).k());
    }

    private static RunConfig read(ConfigLayer... layers) {
        return new ConfigReader(Fakes.registry(), PresetSource.installed())
                .read(Stream.of(layers).toList());
    }
}
