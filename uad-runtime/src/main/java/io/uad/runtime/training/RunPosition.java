package io.uad.runtime.training;

import io.uad.api.engine.TapSelection;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointManifest.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands between two steps.
 *
 * @param epoch the epoch that comes next or is under way
 * @param iteration steps done since the run began
 * @param plan what the epoch under way trains on; null if it has yet to be found out
 * @param previousLabels the labels of the epoch before; null in the first one
 * @param finished what the epoch before trained on, if this one may go on with it; null in the first one and where
 *     circumstances have changed
 * @param progress of the training under way
 */
record RunPosition(
        int epoch,
        long iteration,
        @Nullable EpochPlan plan,
        int @Nullable [] previousLabels,
        @Nullable EpochPlan finished,
        EpochProgress progress) {

    static RunPosition beginning(int epoch) {
        return new RunPosition(epoch, 0, null, null, null, EpochProgress.START);
    }

    /** Inside an epoch. */
    static RunPosition within(EpochPlan plan, long iteration, EpochProgress progress) {
        return new RunPosition(plan.epoch(), iteration, plan, plan.previousLabels(), null, progress);
    }

    /** After an epoch. */
    static RunPosition after(EpochPlan plan, long iteration) {
        return new RunPosition(plan.epoch() + 1, iteration, null, plan.labels(), plan, EpochProgress.START);
    }

    /**
     * The same epoch with its pseudo-labels to be found anew, because they were found under other circumstances. The labels
     * before are then those that the head was last trained on.
     *
     * @param sameSamples whether the dataset is still the same; else no label before can be compared
     */
    RunPosition replanned(boolean sameSamples) {
        var before = plan == null ? previousLabels : plan.labels();
        return new RunPosition(epoch, iteration, null, sameSamples ? before : null, null, EpochProgress.START);
    }

    /** Where a model without pseudo-labels goes on: at the beginning of an epoch. */
    static RunPosition ofModel(Position position) {
        var epoch = position.phase() == Phase.COMPLETE ? position.epoch() + 1 : position.epoch();
        return new RunPosition(epoch, position.iteration(), null, null, null, EpochProgress.START);
    }

    /** Where a checkpoint left off. */
    static RunPosition of(Checkpoint checkpoint) {
        var manifest = checkpoint.manifest();
        var position = manifest.position();
        var clusters = checkpoint.clusters();
        if (clusters == null) {
            return ofModel(position);
        }
        List<TapSelection> selections = manifest.model().selections();
        var plan = new EpochPlan(
                position.epoch(),
                selections,
                clusters.projection(),
                clusters.centroids(),
                clusters.labels(),
                clusters.squaredDistances(),
                clusters.weights(),
                clusters.previousLabels(),
                clusters.order(),
                manifest.metrics());
        return position.phase() == Phase.COMPLETE
                ? after(plan, position.iteration())
                : within(plan, position.iteration(), EpochProgress.of(position.step(), manifest.totals()));
    }
}
