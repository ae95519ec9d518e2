package io.uad.runtime.training;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.engine.TrainingSession;
import java.nio.FloatBuffer;

/** Records nothing: that of a process that does not lead, and need not see the run's folder. */
record Bystander() implements Recorder {
    @Override
    public FeatureMatrix.Storage storage() {
        return FloatBuffer::allocate; // its matrices have no rows
    }

    @Override
    public void assignments(EpochPlan plan) {}

    @Override
    public void running(EpochPlan plan, RunPosition position, TrainingSession session) {}

    @Override
    public void numbered(EpochPlan plan, RunPosition position, TrainingSession session) {}

    @Override
    public void complete(EpochPlan plan, RunPosition end, TrainingSession session) {}

    @Override
    public UadException diverged(String found, String where) {
        return UadException.data(
                found + ": the training has diverged",
                where,
                "finite numbers",
                "Lower training.learning-rate (--lr) and go on from the last good checkpoint, which process 0 names");
    }
}
