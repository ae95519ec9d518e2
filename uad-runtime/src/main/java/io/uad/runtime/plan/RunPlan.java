package io.uad.runtime.plan;

import io.uad.api.TensorShape;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedPart;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a run will take.
 *
 * @param output its folder, which need not be there
 * @param location of the dataset
 * @param images N, unreadable ones included
 * @param classes of the dataset; 0 without labels
 * @param input what the network sees of a sample
 * @param selections the taps that are fused
 * @param parts of a fused row
 * @param components columns that are clustered; empty if the reduction does not say
 * @param clusters at most; empty if the clustering does not say
 * @param batch images per step
 * @param steps of an epoch
 * @param epochs that are to be trained
 * @param checkpointBytes of the file of tensors after the last epoch
 * @param engine library, device and threads in a line
 * @param things that take room
 * @param limits of this process
 * @param seconds of each stage; empty without a calibration
 * @param warnings with their fixes
 */
public record RunPlan(
        Path output,
        String location,
        int images,
        int classes,
        TensorShape input,
        List<TapSelection> selections,
        List<FusedPart> parts,
        OptionalInt components,
        OptionalInt clusters,
        int batch,
        int steps,
        int epochs,
        long checkpointBytes,
        String engine,
        List<SizedThing> things,
        Limits limits,
        List<StageSeconds> seconds,
        List<PlanWarning> warnings) {
    public RunPlan {
        selections = List.copyOf(selections);
        parts = List.copyOf(parts);
        things = List.copyOf(things);
        seconds = List.copyOf(seconds);
        warnings = List.copyOf(warnings);
    }

    /** D. */
    public int fusedColumns() {
        return parts.stream().mapToInt(FusedPart::columns).sum();
    }

    /** How much lies in a place at the time when most does, as far as it is known. */
    public long peakBytes(Place place) {
        return new Room(things, limits).peak(Set.of(place), false).bytes();
    }

    /** The same for the memory of the process. */
    public long processBytes() {
        var room = new Room(things, limits);
        return room.peak(room.host(), false).bytes();
    }

    /** Seconds of the first epoch, without what could not be estimated; 0 without a calibration. */
    public double firstEpochSeconds() {
        return seconds.stream()
                .filter(StageSeconds::isKnown)
                .mapToDouble(StageSeconds::firstEpoch)
                .sum();
    }

    /** The stages that could not be estimated. */
    public List<String> unknownStages() {
        return seconds.stream()
                .filter(stage -> !stage.isKnown())
                .map(StageSeconds::stage)
                .toList();
    }

    /** The same for each other epoch. */
    public double laterEpochSeconds() {
        return seconds.stream()
                .filter(StageSeconds::isKnown)
                .mapToDouble(StageSeconds::laterEpoch)
                .sum();
    }

    /** The same for all epochs. */
    public double totalSeconds() {
        return firstEpochSeconds() + (epochs - 1) * laterEpochSeconds();
    }
}
