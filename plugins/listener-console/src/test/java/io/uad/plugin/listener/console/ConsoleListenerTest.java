package io.uad.plugin.listener.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Options;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ConsoleListenerTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nanos;

    @Test
    void runSaysWhatItDoesAndWhereTheResultsAre() {
        var folder = Path.of("exp", "photos");
        tell(
                new RunEvent.RunStarted("train", folder, 200, 0, 5),
                new RunEvent.CheckpointWritten(folder.resolve("checkpoint.safetensors"), 0, 25),
                new RunEvent.Notice("two images cannot be read"),
                new RunEvent.RunFinished(folder, false, 3725));
        assertEquals(
                List.of(
                        "train: 200 images, epochs 0 to 4, into " + folder,
                        "checkpoint: " + folder.resolve("checkpoint.safetensors"),
                        "two images cannot be read",
                        "train finished in 1 h 2 min, results: " + folder),
                lines());
    }

    @Test
    void interruptedRunSaysHowToGoOn() {
        tell(
                new RunEvent.RunStarted("train", Path.of("exp"), 200, 4, 5),
                new RunEvent.RunFinished(Path.of("exp"), true, 59.94));
        assertEquals(
                List.of(
                        "train: 200 images, epoch 4, into exp",
                        "train was interrupted after 59.9 s, to go on with --resume: exp"),
                lines());
    }

    @Test
    void finishedRunHasNoEpochLeft() {
        tell(new RunEvent.RunStarted("train", Path.of("exp"), 200, 5, 5));
        assertEquals(List.of("train: 200 images, no epoch left, into exp"), lines());
    }

    @Test
    void pretextEpochShowsOnlyWhatTellsWhetherItLearns() {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("loss", 4.60517);
        metrics.put("accuracy", 0.25);
        metrics.put("steps", 31.0);
        metrics.put("clusters", 100.0);
        metrics.put("weight-mean", 1.0);
        metrics.put("nmi-previous", 0.412345);
        tell(new RunEvent.EpochFinished(2, 93, metrics, 61));
        assertEquals(
                List.of("epoch 2: loss 4.605, accuracy 0.2500, clusters 100, nmi-previous 0.4123, 1 min 1 s"), lines());
    }

    @Test
    void probeEpochShowsItsFigures() {
        tell(new RunEvent.EpochFinished(0, 9, Map.of("conv3-top1", 31.25), 2));
        assertEquals(List.of("epoch 0: conv3-top1 31.25, 2.0 s"), lines());
    }

    @Test
    void beginningOfAnEpochAndFiguresOfAnEvaluationAreSilent() {
        tell(
                new RunEvent.EpochStarted(0, 2),
                new RunEvent.EvaluationFinished("eval knn", 20, Map.of("k20-top1", 30.0), 60));
        assertEquals(List.of(), lines());
    }

    @Test
    void stageOfNoEpochHasItsOwnName() {
        tell(new RunEvent.StageFinished(RunEvent.NO_EPOCH, "assigning", 2));
        assertEquals(List.of("assigning: 2.0 s"), lines());
    }

    @Test
    void probeEpochOfSeveralTapsShowsTheAccuracyOfEach() {
        var metrics = new LinkedHashMap<String, Double>();
        for (var tap = 1; tap <= 8; tap++) {
            metrics.put("conv" + tap + "-top1", 30.5 + tap);
            metrics.put("conv" + tap + "-loss", 2.0);
        }
        tell(new RunEvent.EpochFinished(0, 9, metrics, 2));
        assertEquals(
                List.of("epoch 0: conv1-top1 31.50, conv2-top1 32.50, conv3-top1 33.50, conv4-top1 34.50, "
                        + "conv5-top1 35.50, conv6-top1 36.50, conv7-top1 37.50, conv8-top1 38.50, 2.0 s"),
                lines());
    }

    @Test
    void longStageHasALineEveryTenSecondsAndOneAtItsEnd() {
        try (var listener = plain()) {
            listener.on(new RunEvent.StageStarted(0, "features"));
            for (var second = 1; second <= 25; second++) {
                nanos = second * 1_000_000_000L;
                listener.on(new RunEvent.StageProgressed(0, "features", second, 25));
            }
            listener.on(new RunEvent.StageFinished(0, "features", 25));
        }
        assertEquals(
                List.of(
                        "epoch 0 features: 10 of 25 (40 %)",
                        "epoch 0 features: 20 of 25 (80 %)", "epoch 0 features: 25.0 s"),
                lines());
    }

    @Test
    void stageThatWaitedForImagesSaysForWhichShare() {
        tell(
                new RunEvent.StageFinished(0, "training", 40, 9.9, 0),
                new RunEvent.StageFinished(1, "training", 40, 0.1, 0));
        assertEquals(
                List.of("epoch 0 training: 40.0 s, 25 % of it waiting for images", "epoch 1 training: 40.0 s"),
                lines());
    }

    @Test
    void stageThatIsLeftOutSaysWhyAndWhatThatSaves() {
        tell(
                new RunEvent.StageSkipped(4, "clustering", 38.44, "as 1 % of the images changed their cluster"),
                new RunEvent.StageSkipped(5, "clustering", 0, "as before"));
        assertEquals(
                List.of(
                        "epoch 4 clustering: left out, as 1 % of the images changed their cluster: saves about 38.4 s",
                        "epoch 5 clustering: left out, as before"),
                lines());
    }

    @Test
    void shortStageIsSilent() {
        tell(
                new RunEvent.StageStarted(0, "clustering"),
                new RunEvent.StageProgressed(0, "clustering", 20, 20),
                new RunEvent.StageFinished(0, "clustering", 0.4));
        assertEquals(List.of(), lines());
    }

    @Test
    void stepsAreTheProgressOfTraining() {
        try (var listener = plain()) {
            nanos = 10_000_000_000L;
            listener.on(new RunEvent.StepFinished(1, 45, 14, 31, 2.34567, 0.5));
        }
        assertEquals(List.of("epoch 1 training: 15 of 31 (48 %), loss 2.346"), lines());
    }

    @Test
    void terminalShowsABarThatGoesBeforeTheSentenceComes() {
        try (var listener = new ConsoleListener(new BarDisplay(out))) {
            listener.on(new RunEvent.StageStarted(0, "features"));
            listener.on(new RunEvent.StageProgressed(0, "features", 5, 10));
            listener.on(new RunEvent.Notice("look"));
            listener.on(new RunEvent.StageProgressed(0, "features", 10, 10));
            listener.on(new RunEvent.StageFinished(0, "features", 3));
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(BottomLine.ERASE + "look" + System.lineSeparator()), text);
        assertTrue(text.contains("epoch 0 features"), text);
        assertTrue(text.contains("10/10"), text);
        assertTrue(text.endsWith(BottomLine.ERASE + "epoch 0 features: 3.0 s" + System.lineSeparator()), text);
    }

    @Test
    void barOfARunThatFailsIsClearedOnClose() {
        try (var listener = new ConsoleListener(new BarDisplay(out))) {
            listener.on(new RunEvent.StageProgressed(0, "features", 5, 10));
        }
        assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(BottomLine.ERASE));
    }

    @Test
    void terminalIsWhatTheLauncherSaysUnlessItIsDumb() {
        var xterm = Map.of("TERM", "xterm");
        assertTrue(Terminal.isPresent("true", xterm));
        assertFalse(Terminal.isPresent("false", xterm));
        assertFalse(Terminal.isPresent(null, xterm));
        assertFalse(Terminal.isPresent("true", Map.of("TERM", "dumb")));
        assertFalse(Terminal.isPresent("true", Map.of()));
    }

    @Test
    void providerIsFoundAndMakesAListener() {
        var provider = ServiceLoader.load(ListenerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("console"))
                .findFirst()
                .orElseThrow();
        assertEquals(ConsoleOptions.class, provider.optionsType());
        try (var listener = provider.create(Options.of(new ConsoleOptions(10)))) {
            assertEquals(ConsoleListener.class, listener.getClass());
        }
    }

    private ConsoleListener plain() {
        return new ConsoleListener(new LineDisplay(out, 10, () -> nanos));
    }

    private void tell(RunEvent... events) {
        try (var listener = plain()) {
            for (var event : events) {
                listener.on(event);
            }
        }
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
