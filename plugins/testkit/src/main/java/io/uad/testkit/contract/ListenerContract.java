package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.uad.api.listener.ListenerProvider;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a listener promises: that it takes every event of a run, soon, and lets go of the run in the end. */
public abstract class ListenerContract extends ProviderContract<ListenerProvider, RunListener> {
    private static final int STEPS = 50;

    /** For subclasses. */
    protected ListenerContract() {}

    /** Work on a listener whose run has an empty folder. */
    @FunctionalInterface
    private interface Work {
        void in(Path folder, RunListener listener) throws Exception;
    }

    private void run(Work work) throws Exception {
        var folder = Files.createTempDirectory("listener-contract");
        try {
            try (var listener = create()) {
                work.in(folder, listener);
            }
        } finally {
            delete(folder);
        }
    }

    /** Fails where a file cannot be deleted because the listener still holds it. */
    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void epoch(RunListener listener, Path folder, int epoch) {
        listener.on(new RunEvent.EpochStarted(epoch, epoch + 1));
        for (var stage : List.of("features", "clustering", "training")) {
            listener.on(new RunEvent.StageStarted(epoch, stage));
            listener.on(new RunEvent.StageProgressed(epoch, stage, 0, STEPS));
            for (var step = 0; step < STEPS && stage.equals("training"); step++) {
                var iteration = (long) epoch * STEPS + step;
                listener.on(new RunEvent.StepFinished(epoch, iteration, step, STEPS, 2.5 - 0.01 * step, 0.25));
                listener.on(new RunEvent.StageProgressed(epoch, stage, step + 1, STEPS));
            }
            listener.on(new RunEvent.StageFinished(epoch, stage, 0.5));
        }
        var iteration = (epoch + 1L) * STEPS;
        var metrics =
                epoch == 0 ? Map.of("loss", 2.25) : Map.of("loss", 2.25, "nmi-previous", 0.5); // later ones have more
        listener.on(new RunEvent.EpochFinished(epoch, iteration, metrics, 1.5));
        listener.on(new RunEvent.CheckpointWritten(folder.resolve("checkpoint.safetensors"), epoch, iteration));
    }

    @Test
    final void aWholeRunIsHeard() throws Exception {
        run((folder, listener) -> {
            listener.on(new RunEvent.RunStarted("train", folder, 100, 0, 2));
            listener.on(new RunEvent.StageStarted(RunEvent.NO_EPOCH, "reading"));
            listener.on(new RunEvent.StageProgressed(RunEvent.NO_EPOCH, "reading", 7, 0)); // of an unknown total
            listener.on(new RunEvent.StageFinished(RunEvent.NO_EPOCH, "reading", 0));
            listener.on(new RunEvent.Notice("100% of \"these\" images are équal \\ small"));
            epoch(listener, folder, 0);
            epoch(listener, folder, 1);
            listener.on(new RunEvent.RunFinished(folder, false, 3.5));
        });
    }

    @Test
    final void aResumedAndInterruptedRunIsHeard() throws Exception {
        run((folder, listener) -> {
            listener.on(new RunEvent.RunStarted("train", folder, 100, 5, 9));
            epoch(listener, folder, 5);
            listener.on(new RunEvent.StageStarted(6, "features"));
            listener.on(new RunEvent.RunFinished(folder, true, 1.5));
        });
    }

    @Test
    final void anEpochWithoutMetricsAndALossThatIsNotANumberAreHeard() throws Exception {
        run((folder, listener) -> {
            listener.on(new RunEvent.RunStarted("eval linear", folder, 1, 0, 1));
            listener.on(new RunEvent.StepFinished(0, 0, 0, 1, Double.NaN, 0));
            listener.on(new RunEvent.EpochFinished(0, 1, Map.of(), 0));
            listener.on(new RunEvent.EpochFinished(0, 1, Map.of("loss", Double.NaN), 0));
            listener.on(new RunEvent.RunFinished(folder, false, 0));
        });
    }

    @Test
    final void aRunThatNeverBeganMayEnd() throws Exception {
        run((folder, listener) -> {});
        run((folder, listener) -> listener.on(new RunEvent.Notice("a warning before the run")));
        run((folder, listener) -> listener.on(new RunEvent.RunStarted("train", folder, 100, 0, 2)));
    }

    @Test
    final void twoRunsAfterEachOtherAreHeard() throws Exception {
        for (var i = 0; i < 2; i++) {
            aWholeRunIsHeard();
        }
    }

    /** The run waits, and a step may take 10 milliseconds: a listener must take a small part of that. */
    @Test
    final void aThousandStepsTakeLessThanTenSeconds() throws Exception {
        run((folder, listener) -> assertTimeout(Duration.ofSeconds(10), () -> {
            listener.on(new RunEvent.RunStarted("train", folder, 100, 0, 20));
            for (var epoch = 0; epoch < 20; epoch++) {
                epoch(listener, folder, epoch);
            }
        }));
    }

    @Test
    final void twentyRunsLeaveNothingBehind() throws Exception {
        Heap.assertFlat(this::aWholeRunIsHeard);
    }
}
