package io.uad.runtime.training;

import io.uad.api.UadException;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.CheckpointManifest.Phase;
import io.uad.runtime.checkpoint.CheckpointStore;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.listener.Listeners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From which checkpoint a run goes on, and whether it can.
 *
 * @param from the checkpoint or model to go on from; null for the newest valid one of the output folder
 */
record CheckpointChoice(RunConfig config, @Nullable Path from) {
    /** Whether it lies in another folder; it then begins a new run in the output folder. */
    boolean isElsewhere() {
        return from != null && !isWithin(from, config.output());
    }

    private static boolean isWithin(Path file, Path folder) {
        try {
            return Files.exists(folder) && file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false; // reading it will say what is wrong
        }
    }

    /**
     * The checkpoint to go on from; null if there is none yet.
     *
     * @throws UadException of kind DATA if none can be read
     */
    @Nullable
    Checkpoint find(RunFolder folder, Listeners listeners) {
        var skipped = new ArrayList<String>();
        var found = from == null
                ? folder.checkpoints(config.checkpoint().keep()).newestValid(skipped::add)
                : Optional.of(CheckpointStore.read(from));
        skipped.forEach(listeners::notice);
        if (found.isEmpty() && !skipped.isEmpty()) {
            throw UadException.data(
                    skipped.get(0),
                    folder.path().toString(),
                    "a checkpoint that can be read",
                    "Restore one, or begin anew with --overwrite instead of --resume");
        }
        if (found.isEmpty()) {
            listeners.notice("no checkpoint in " + folder.path() + ": starting from the beginning");
            return null;
        }
        var position = found.get().manifest().position();
        listeners.notice(
                found.get().clusters() == null
                        ? "going on from the model " + from + " at epoch "
                                + RunPosition.ofModel(position).epoch()
                                + " with its weights and momentum; the pseudo-labels are found anew"
                        : "going on from the checkpoint at epoch " + position.epoch() + ", iteration "
                                + position.iteration());
        return found.get();
    }

    /**
     * A model without pseudo-labels begins a run of its own, for which it must bring this very network.
     *
     * @throws UadException of kind CONFIG if it does not
     */
    void requireModel(Checkpoint model) {
        var where = String.valueOf(from);
        if (!isElsewhere()) {
            throw UadException.config(
                    "the model lies in the output folder " + config.output(),
                    where,
                    "a new output folder",
                    "Choose another folder with --exp");
        }
        var backbone = model.manifest().model().backbone();
        if (!backbone.equals(config.backbone().name())) {
            throw UadException.config(
                    "the model's network is " + backbone + " and the configuration's "
                            + config.backbone().name(),
                    where,
                    "the same backbone",
                    "Set backbone.plugin (--arch) to " + backbone);
        }
        var epoch = RunPosition.ofModel(model.manifest().position()).epoch();
        if (epoch >= config.training().epochs()) {
            throw UadException.config(
                    "the model has been trained for " + epoch + " epochs",
                    where,
                    "training.epochs above that, which is " + config.training().epochs(),
                    "Raise it (--epochs)");
        }
    }

    /** Whether it is the end of its run. */
    boolean isDone(Checkpoint checkpoint) {
        var position = checkpoint.manifest().position();
        return position.phase() == Phase.COMPLETE
                && position.epoch() + 1 >= config.training().epochs();
    }
}
