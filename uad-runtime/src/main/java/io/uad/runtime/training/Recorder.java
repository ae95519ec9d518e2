package io.uad.runtime.training;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TrainingSession;
import java.util.List;

/** What a process does with what a run leaves behind. */
interface Recorder {
    /** Where reduced features lie: a quarter of the heap, then the run's folder. */
    FeatureMatrix.Storage storage();

    /** Writes the epoch's pseudo-labels for people and other programs. */
    void assignments(EpochPlan plan);

    /** A checkpoint inside an epoch, as the latest one. */
    void running(EpochPlan plan, RunPosition position, TrainingSession session);

    /** A checkpoint inside an epoch that is kept under its number. */
    void numbered(EpochPlan plan, RunPosition position, TrainingSession session);

    /** A checkpoint after an epoch, as the latest one, and numbered if it is its turn. */
    void complete(EpochPlan plan, RunPosition end, TrainingSession session);

    /** An error that says what is no number, where, and from which checkpoint the run can go on. */
    UadException diverged(String found, String where);

    /** Stops the run if the loss is no number; the last checkpoint is then the last good one. */
    default void requireFinite(double loss, int epoch, int step) {
        if (!Double.isFinite(loss)) {
            throw diverged("the loss is " + loss, "epoch " + epoch + ", step " + step);
        }
    }

    /** Stops the run if the network's activations are no numbers. */
    default void requireFinite(List<Activation> activations, int epoch) {
        for (var activation : activations) {
            for (var value : activation.values()) {
                if (!Float.isFinite(value)) {
                    throw diverged("an activation at the tap " + activation.tap() + " is " + value, "epoch " + epoch);
                }
            }
        }
    }
}
