package io.uad.plugin.listener.jsonl;

import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunEvent.EpochFinished;
import io.uad.api.listener.RunEvent.EvaluationFinished;
import io.uad.api.listener.RunEvent.RunFinished;
import io.uad.api.listener.RunEvent.RunStarted;
import io.uad.api.listener.RunEvent.StageFinished;
import io.uad.api.listener.RunEvent.StageSkipped;
import io.uad.api.listener.RunEvent.StepFinished;
import io.uad.api.listener.RunListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes steps, epochs and a probe's result to {@code metrics.jsonl}, seconds to {@code timings.jsonl}. Evaluations that
 * begin no run have no folder, and so no line.
 *
 * <p>It only appends: whoever resumes a run first cuts the files back to the checkpoint.
 */
final class JsonlListener implements RunListener {
    private final int everySteps;
    private @Nullable OpenFiles files;

    private record OpenFiles(JsonLines metrics, JsonLines timings) implements AutoCloseable {
        static OpenFiles in(Path folder) {
            var metrics = new JsonLines(folder.resolve("metrics.jsonl"));
            try {
                return new OpenFiles(metrics, new JsonLines(folder.resolve("timings.jsonl")));
            } catch (RuntimeException e) {
                metrics.close();
                throw e;
            }
        }

        @Override
        public void close() {
            try (metrics;
                    timings) {
                // closes both, also when the first fails
            }
        }
    }

    JsonlListener(JsonlOptions options) {
        everySteps = options.everySteps();
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunStarted started) {
            close();
            files = OpenFiles.in(started.folder());
        } else if (files != null) {
            write(event, files.metrics, files.timings);
        }
    }

    private void write(RunEvent event, JsonLines metrics, JsonLines timings) {
        if (event instanceof StepFinished step && step.iteration() % everySteps == 0) {
            metrics.append(
                    "step",
                    ordered(
                            "epoch", step.epoch(),
                            "iteration", step.iteration(),
                            "loss", step.loss(),
                            "accuracy", step.accuracy()));
        } else if (event instanceof StageFinished stage) {
            timings.append("stage", timing(stage));
        } else if (event instanceof StageSkipped stage) {
            timings.append(
                    "skipped",
                    ordered("epoch", stage.epoch(), "stage", stage.stage(), "savedSeconds", stage.savedSeconds()));
        } else if (event instanceof EpochFinished epoch) {
            var values = ordered("epoch", epoch.epoch(), "iteration", epoch.iteration());
            epoch.metrics().forEach(values::putIfAbsent);
            metrics.append("epoch", values);
            timings.append("epoch", ordered("epoch", epoch.epoch(), "seconds", epoch.seconds()));
        } else if (event instanceof EvaluationFinished evaluation) {
            var values = ordered("task", evaluation.task(), "samples", evaluation.samples());
            evaluation.metrics().forEach(values::putIfAbsent);
            metrics.append("evaluation", values);
            timings.append("evaluation", ordered("task", evaluation.task(), "seconds", evaluation.seconds()));
        } else if (event instanceof RunFinished run) {
            timings.append("run", ordered("interrupted", run.interrupted(), "seconds", run.seconds()));
        }
    }

    private static Map<String, Object> timing(StageFinished stage) {
        var values = ordered("epoch", stage.epoch(), "stage", stage.stage(), "seconds", stage.seconds());
        if (stage.waitedSeconds() > 0) {
            values.put("waitedSeconds", stage.waitedSeconds());
        }
        if (stage.peakBytes() > 0) {
            values.put("peakMiB", stage.peakBytes() >> 20);
        }
        return values;
    }

    @Override
    public void close() {
        var open = files;
        files = null;
        if (open != null) {
            open.close();
        }
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var values = new LinkedHashMap<String, Object>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }
}
