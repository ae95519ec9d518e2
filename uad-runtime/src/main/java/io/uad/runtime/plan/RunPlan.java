package io.uad.runtime.plan;

import io.uad.api.TensorShape;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedPart;
import io.uad.runtime.process.Topology;
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
 * @param batch images per step, of all processes together
 * @param steps of an epoch
 * @param epochs that are to be trained
 * @param checkpointBytes of the file of tensors after the last epoch
 * @param engine library, device and threads in a line
 * @param processes that share the work; this one leads
 * @param things that take room in this process
 * @param others the same in each other process; empty if there is none
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
        Topology processes,
        List<SizedThing> things,
        List<SizedThing> others,
        Limits limits,
        List<StageSeconds> seconds,
        List<PlanWarning> warnings) {
    public RunPlan {
        selections = List.copyOf(selections);
        parts = List.copyOf(parts);
        things = List.copyOf(things);
        others = List.copyOf(others);
        seconds = List.copyOf(seconds);
        warnings = List.copyOf(warnings);
    }

    /** D. */
    public int fusedColumns() {
        return parts.stream().mapToInt(FusedPart::columns).sum();
    }

    /** How much of this process lies in a place at the time when most does, as far as it is known. */
    public long peakBytes(Place place) {
        return room().peak(Set.of(place), false).bytes();
    }

    /** The same for the memory of the process. */
    public long processBytes() {
        return bytes(room());
    }

    /** The same for a place of each other process. */
    public long othersPeakBytes(Place place) {
        return room().ofAnother().peak(Set.of(place), false).bytes();
    }

    /** The same for the memory of each other process. */
    public long otherProcessBytes() {
        return bytes(room().ofAnother());
    }

    /** The same for the memory of this machine, with all processes that share it. */
    public long machineBytes() {
        return room().machinePeak(false).bytes();
    }

    private Room room() {
        return new Room(things, others, processes, limits);
    }

    private static long bytes(Room process) {
        return process.peak(process.host(), false).bytes();
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
