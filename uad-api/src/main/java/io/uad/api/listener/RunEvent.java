package io.uad.api.listener;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happens in a run. Epochs, steps and iterations count from 0; seconds are wall-clock.
 *
 * @since 0.1
 */
public sealed interface RunEvent {
    /** The epoch of a stage that belongs to none, such as reading features. */
    int NO_EPOCH = -1;

    /**
     * A pretext run or a probe begins or goes on.
     *
     * @param task {@code train}, {@code eval linear}, ...
     * @param folder the run's folder
     * @param samples images in it
     * @param firstEpoch 0, or where a resumed run goes on
     * @param epochs the last epoch + 1
     */
    record RunStarted(String task, Path folder, int samples, int firstEpoch, int epochs) implements RunEvent {}

    /**
     * An epoch of a pretext run or a probe begins. One that a resumed run goes on with begins again.
     *
     * @param epochs the last epoch + 1
     */
    record EpochStarted(int epoch, int epochs) implements RunEvent {}

    /**
     * A stage of an epoch begins.
     *
     * @param stage a noun of the data's way: {@code features}, {@code clustering}, {@code training}, ...
     */
    record StageStarted(int epoch, String stage) implements RunEvent {}

    /** A stage went on: {@code done} of {@code total} of its units (images, iterations, steps). */
    record StageProgressed(int epoch, String stage, long done, long total) implements RunEvent {}

    /**
     * A stage ended.
     *
     * @param waitedSeconds those of {@code seconds} in which the engine had to wait for images, 0 where none are read
     * @param peakBytes the most memory that the process has taken so far, Java's and native; 0 where the system does not
     *     say
     */
    record StageFinished(int epoch, String stage, double seconds, double waitedSeconds, long peakBytes)
            implements RunEvent {
        /** One that read no images. */
        public StageFinished(int epoch, String stage, double seconds) {
            this(epoch, stage, seconds, 0, 0);
        }
    }

    /**
     * A stage was left out, with those that only serve it, because what it would find is known well enough.
     *
     * @param savedSeconds what all of them took when they last ran: for {@code clustering} those of the features, too; 0 if
     *     they have not run since the process began
     * @param reason a sentence for the user
     */
    record StageSkipped(int epoch, String stage, double savedSeconds, String reason) implements RunEvent {}

    /**
     * A training step ended.
     *
     * @param iteration steps since the run began
     * @param step steps since the epoch began
     * @param steps in this epoch
     * @param loss weighted mean loss of the batch
     * @param accuracy share of the batch whose pseudo-label was the largest output, 0 to 1
     */
    record StepFinished(int epoch, long iteration, int step, int steps, double loss, double accuracy)
            implements RunEvent {}

    /**
     * An epoch ended.
     *
     * @param metrics names in kebab-case with their numbers, in a fixed order; repeatable, so no times
     * @param seconds the epoch's
     */
    record EpochFinished(int epoch, long iteration, Map<String, Double> metrics, double seconds) implements RunEvent {
        public EpochFinished {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    /**
     * An evaluation came to its end; one that was stopped before does not say this.
     *
     * @param task {@code eval linear}, {@code eval knn} or {@code eval clusters}
     * @param samples labelled ones that it is about
     * @param metrics names in kebab-case with their numbers, in a fixed order; repeatable, so no times. Those that end in
     *     {@code -top1} and {@code -top5} are percentages
     * @param seconds of the whole evaluation
     */
    record EvaluationFinished(String task, int samples, Map<String, Double> metrics, double seconds)
            implements RunEvent {
        public EvaluationFinished {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    /** A checkpoint is safely on disk. */
    record CheckpointWritten(Path file, int epoch, long iteration) implements RunEvent {}

    /** A sentence that the user should read. */
    record Notice(String sentence) implements RunEvent {}

    /**
     * The run ended.
     *
     * @param interrupted whether it was stopped before its end
     * @param seconds since {@link RunStarted}
     */
    record RunFinished(Path folder, boolean interrupted, double seconds) implements RunEvent {}
}
