package io.uad.runtime.training;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.backbone.Network;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.checkpoint.Checkpoint;
import io.uad.runtime.checkpoint.Provenance;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.image.BadImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session of a run begins with: nothing, or a checkpoint.
 *
 * @param folder the run's
 * @param mode what it was opened for
 * @param checkpoint to go on from; null at the very beginning
 * @param changed whether dataset, settings or plugins differ from the checkpoint's; its pseudo-labels are then not used
 * @param source where the checkpoint lies: its file, or the run's folder; null at the very beginning
 * @param fromElsewhere whether the checkpoint lies in another folder, whose logs are not this run's
 */
record Beginning(
        RunFolder folder,
        RunFolder.Mode mode,
        @Nullable Checkpoint checkpoint,
        boolean changed,
        @Nullable Path source,
        boolean fromElsewhere) {
    static Beginning afresh(RunFolder folder, RunFolder.Mode mode) {
        return new Beginning(folder, mode, null, false, null, false);
    }

    /** What the folder knows of the sessions before this one; asked before {@link #prepareFolder}. */
    Optional<Provenance> earlier() {
        return mode == RunFolder.Mode.RESUME ? Provenance.read(folder.provenance()) : Optional.empty();
    }

    /**
     * Whether one process alone trained to a folder's checkpoint.
     *
     * @param iteration of the checkpoint
     * @return false if several did, or if the folder does not say
     */
    static boolean isByOneProcess(RunFolder folder, long iteration) {
        return Provenance.read(folder.provenance()).stream()
                .flatMap(known -> known.sessions().stream())
                .filter(session -> session.firstIteration() < iteration)
                .reduce((before, last) -> last)
                .filter(session -> session.processes() == 1)
                .isPresent();
    }

    /** What the engine's session begins with. */
    RunForms.FirstState state(Network network, Seed seed) {
        return checkpoint == null
                ? new RunForms.FirstState(Initialization.of(network, seed), NamedTensors.empty())
                : new RunForms.FirstState(checkpoint.weights(), checkpoint.momentum());
    }

    /** Those that the checkpoint names; none if the dataset may be another. */
    List<BadImage> knownBadImages() {
        return checkpoint == null || changed
                ? List.of()
                : checkpoint.manifest().dataset().badImages();
    }

    /** @param fingerprint of the dataset as it is now */
    RunPosition position(int startEpoch, String fingerprint) {
        if (checkpoint == null) {
            return RunPosition.beginning(startEpoch);
        }
        var position = RunPosition.of(checkpoint);
        var sameSamples = checkpoint.manifest().dataset().fingerprint().equals(fingerprint);
        return changed ? position.replanned(sameSamples) : position;
    }

    /**
     * Removes what does not belong to this session. Called when nothing but the folder itself can fail any more.
     *
     * @throws io.uad.api.UadException of kind DATA if the folder's logs are not those of the checkpoint; nothing is removed
     */
    void prepareFolder() {
        if (checkpoint == null || fromElsewhere) {
            folder.clear();
            return;
        }
        folder.returnTo(checkpoint.manifest());
    }
}
