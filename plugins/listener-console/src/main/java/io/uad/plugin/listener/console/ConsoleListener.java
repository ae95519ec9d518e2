package io.uad.plugin.listener.console;

import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunEvent.CheckpointWritten;
import io.uad.api.listener.RunEvent.EpochFinished;
import io.uad.api.listener.RunEvent.Notice;
import io.uad.api.listener.RunEvent.RunFinished;
import io.uad.api.listener.RunEvent.RunStarted;
import io.uad.api.listener.RunEvent.StageFinished;
import io.uad.api.listener.RunEvent.StageProgressed;
import io.uad.api.listener.RunEvent.StageSkipped;
import io.uad.api.listener.RunEvent.StageStarted;
import io.uad.api.listener.RunEvent.StepFinished;
import io.uad.api.listener.RunListener;
import java.util.Locale;

/**
 * Turns events into sentences and progress. Epochs are numbered from 0, as in the run's files. What an evaluation found is
 * left to whoever asked for it: the commands print it on standard output.
 */
final class ConsoleListener implements RunListener {
    /** Shorter stages end without a line of their own. */
    private static final double SECONDS_WORTH_A_LINE = 1;

    private final Display display;
    private String task = "run";

    ConsoleListener(Display display) {
        this.display = display;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunStarted started) {
            task = started.task();
            display.line(Sentences.started(started));
        } else if (event instanceof StageStarted) {
            display.stageEnded(); // one that failed may not have said so
        } else if (event instanceof StageProgressed stage) {
            display.progress(label(stage.epoch(), stage.stage()), stage.done(), stage.total(), "");
        } else if (event instanceof StepFinished step) {
            display.progress(
                    label(step.epoch(), "training"),
                    step.step() + 1L,
                    step.steps(),
                    String.format(Locale.ROOT, "loss %.3f", step.loss()));
        } else if (event instanceof StageFinished stage) {
            display.stageEnded();
            if (stage.seconds() >= SECONDS_WORTH_A_LINE) {
                display.line(label(stage.epoch(), stage.stage()) + ": " + Sentences.stage(stage));
            }
        } else if (event instanceof StageSkipped stage) {
            display.line(label(stage.epoch(), stage.stage()) + ": " + Sentences.skipped(stage));
        } else if (event instanceof EpochFinished epoch) {
            display.stageEnded();
            display.line(Sentences.epoch(epoch));
        } else if (event instanceof CheckpointWritten checkpoint) {
            display.line("checkpoint: " + checkpoint.file());
        } else if (event instanceof Notice notice) {
            display.line(notice.sentence());
        } else if (event instanceof RunFinished run) {
            display.stageEnded();
            display.line(Sentences.finished(task, run));
        }
    }

    @Override
    public void close() {
        display.close();
    }

    private static String label(int epoch, String stage) {
        return epoch == RunEvent.NO_EPOCH ? stage : "epoch " + epoch + " " + stage;
    }
}
