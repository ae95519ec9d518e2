package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunEvent.EpochStarted;
import io.uad.api.listener.RunEvent.EvaluationFinished;
import io.uad.api.listener.RunListener;
import io.uad.runtime.UadRun;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.evaluation.ClusterEvaluation;
import io.uad.runtime.evaluation.LinearProbe;
import io.uad.runtime.evaluation.NearestNeighbours;
import io.uad.runtime.evaluation.ProbeSettings;
import io.uad.runtime.inference.ClusteredModel;
import io.uad.runtime.inference.Model;
import io.uad.runtime.plugin.PluginRegistry;
import io.uad.runtime.plugin.PluginSource;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener hears of a run and of the evaluations after it, in this process. */
class EvaluationEventsIT {
    private static final String CONFIG = """
            image: {size: 63, workers: 2}
            backbone: {width: 0.125, hidden: 16}
            engine: {threads: 1}
            reduction: {components: auto}
            clustering: {k: 5}
            training: {epochs: 2, batch: 16}
            listener: [memory, jsonl]
            """;

    private final List<RunEvent> heard = new ArrayList<>();

    @TempDir
    Path folder;

    /** Keeps everything, as a tracker would send it on. */
    private record Memory(List<RunEvent> events) implements ListenerProvider {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public String description() {
            return "remembers events";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public RunListener create(Options options) {
            return events::add;
        }
    }

    @Test
    void everyEvaluationEndsWithItsFigures() throws IOException {
        var images = Images.write(folder.resolve("images"), 4, 2);
        var run = folder.resolve("run");
        var reader = reader();
        var given = "dataset: {path: '" + images.resolve("train") + "'}\noutput: '" + run + "'\n";
        UadRun.of(reader.read(List.of(ConfigLayer.text("test", CONFIG + given))))
                .execute(RunFolder.Mode.FRESH, null, false);
        assertEquals(List.of(new EpochStarted(0, 2), new EpochStarted(1, 2)), of(EpochStarted.class));
        assertEquals(List.of(), of(EvaluationFinished.class));

        var listening = List.of(ConfigLayer.assignments("test", List.of("listener=[memory, jsonl]")));
        var model = Model.of(reader, run, false, images.resolve("train"), listening);
        var neighbours = new NearestNeighbours(
                reader, model, new NearestNeighbours.Settings(images, "conv5", List.of(1, 5), 0.07, 16));
        var voted = neighbours.execute();
        check("eval knn", 20, List.of("k1-top1", "k1-top5", "k5-top1", "k5-top5"));
        assertEquals(voted.scores().get(1).top1(), last().metrics().get("k5-top1"));

        var clustered = ClusteredModel.of(reader, run, images.resolve("val"), listening);
        var compared = new ClusterEvaluation(clustered, 16).execute();
        check("eval clusters", 20, List.of("clusters", "classes", "nmi", "ari", "accuracy"));
        assertEquals(compared.nmi(), last().metrics().get("nmi"));

        var probe = folder.resolve("probe");
        var settings = new ProbeSettings(
                images, List.of("conv5"), false, ProbeSettings.Pooling.AUTO, 2, 16, 0.01, 0.9, 1e-7, 31, probe);
        LinearProbe.of(reader, model, settings).execute(false);
        check(
                "eval linear",
                20,
                List.of(
                        "conv5-top1",
                        "conv5-top5",
                        "conv5-loss",
                        "conv5-best-epoch",
                        "conv5-best-top1",
                        "conv5-best-top5"));
        assertInstanceOf(RunEvent.RunFinished.class, heard.get(heard.size() - 1));
        assertEquals(4, of(EpochStarted.class).size());
        assertEquals(1, evaluations(probe), "the probe's");
        assertEquals(0, evaluations(run), "those of other commands leave the run alone");
    }

    @Test
    void aListenerOfTheProgramHearsOneRunAndIsClosedEvenIfNoneBegins() throws IOException {
        var images = Images.write(folder.resolve("images"), 1, 1);
        var taken = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(taken.resolve("notes.txt"), "of somebody else");
        var given = "dataset: {path: '" + images.resolve("train") + "'}\noutput: '" + taken + "'\n";
        var closed = new ArrayList<String>();
        var run = UadRun.of(reader().read(List.of(ConfigLayer.text("test", CONFIG + given))))
                .listen(new RunListener() {
                    @Override
                    public void on(RunEvent event) {
                        heard.add(event);
                    }

                    @Override
                    public void close() {
                        closed.add("closed");
                    }
                });
        assertThrows(UadException.class, () -> run.execute(RunFolder.Mode.FRESH, null, false));
        assertThrows(UadException.class, () -> run.execute(RunFolder.Mode.FRESH, null, false));
        assertEquals(List.of("closed"), closed);
        assertEquals(List.of(), heard);
    }

    private void check(String task, int samples, List<String> names) {
        assertEquals(task, last().task());
        assertEquals(samples, last().samples());
        assertEquals(names, List.copyOf(last().metrics().keySet()));
        assertTrue(last().seconds() > 0);
    }

    private EvaluationFinished last() {
        var all = of(EvaluationFinished.class);
        return all.get(all.size() - 1);
    }

    private <E extends RunEvent> List<E> of(Class<E> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static long evaluations(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("metrics.jsonl")).stream()
                .filter(line -> line.startsWith("{\"event\":\"evaluation\""))
                .count();
    }

    private ConfigReader reader() {
        var components = new ArrayList<>(
                PluginRegistry.load(EvaluationEventsIT.class.getClassLoader()).components());
        components.add(RegisteredComponent.of(Stage.LISTENER, new Memory(heard)));
        var registry = PluginRegistry.of(List.of(() -> new PluginSource.Contents(components, List.of(), List.of())));
        return new ConfigReader(registry, PresetSource.installed());
    }
}
