package io.uad.runtime.plan;

import io.uad.api.UadException;
import io.uad.api.engine.StepMemory;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.checkpoint.RunFolder;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what a run takes with what there is. It refuses only what certainly fails: the least that lies somewhere at one
 * time is more than all there is. What is only expected to fail is a warning, see {@link Warnings}.
 *
 * @param things of the run
 * @param limits of this process
 */
record Room(List<SizedThing> things, Limits limits) {
    private static final int NAMED = 4;
    private static final long WORTH_NAMING = 1 << 20;
    private static final long STEP = 256L << 20;
    /** Java's parallel collector gives two thirds of the heap to what lasts. */
    private static final double HEADROOM = 1.5;

    /** A place, or several that share one memory, at the time when most lies there. */
    record Peak(Phase phase, long bytes) {}

    /** @param least whether to count what is certain instead of what is expected */
    Peak peak(Set<Place> places, boolean least) {
        var highest = new Peak(Phase.FEATURES, 0);
        for (var phase : Phase.values()) {
            var bytes = at(phase, places)
                    .mapToLong(thing -> least ? thing.least() : thing.bytes())
                    .sum();
            highest = bytes > highest.bytes ? new Peak(phase, bytes) : highest;
        }
        return highest;
    }

    private Stream<SizedThing> at(Phase phase, Set<Place> places) {
        return things.stream()
                .filter(thing ->
                        places.contains(thing.place()) && thing.phases().contains(phase));
    }

    /**
     * What can be told before an engine is opened.
     *
     * @param mode the files of an earlier run make room, or are part of what is counted, so they decide for themselves
     * @throws UadException of kind RESOURCE if heap or disk are too small
     */
    void requireHeapAndDisk(RunFolder.Mode mode) {
        var heap = peak(Set.of(Place.HEAP), true);
        if (limits.heap() > 0 && heap.bytes > limits.heap()) {
            throw refused(
                    heap,
                    Set.of(Place.HEAP),
                    limits.heap(),
                    "Java's heap",
                    "Give Java more memory (UAD_OPTS=" + option(heap()) + "), or ");
        }
        var disk = peak(Set.of(Place.DISK), true);
        if (mode == RunFolder.Mode.FRESH && limits.disk() >= 0 && disk.bytes > limits.disk()) {
            throw refused(
                    disk, Set.of(Place.DISK), limits.disk(), "the disk of the output folder", "Free some space, or ");
        }
    }

    /**
     * What is known once there is an engine.
     *
     * @throws UadException of kind RESOURCE if the memory of machine or device is too small
     */
    void requireMemory(StepMemory step) {
        if (limits.hasDevice()) {
            require(Set.of(Place.DEVICE), limits.device(), "the device's memory", step);
        }
        require(
                host(),
                limits.host() == 0 ? 0 : limits.host() + limits.swap(),
                "the memory of this machine or container",
                step);
    }

    private void require(Set<Place> places, long most, String what, StepMemory step) {
        var peak = peak(places, true);
        if (most > 0 && peak.bytes > most) {
            var batch = peak.phase == Phase.TRAINING ? batchThatFits(step) : 0;
            var advice = batch == 0 ? "" : "Lower training.batch (--batch) to " + batch + ", which should fit, or ";
            throw refused(peak, places, most, what, advice);
        }
    }

    /** What is part of the process's own memory. */
    Set<Place> host() {
        return limits.hasDevice() ? Set.of(Place.HEAP, Place.NATIVE) : Set.of(Place.HEAP, Place.NATIVE, Place.DEVICE);
    }

    /** A heap that should hold what is expected, and the collector's own part. */
    long heapNeeded() {
        return (long) (HEADROOM * peak(Set.of(Place.HEAP), false).bytes);
    }

    /** The same as a round number. */
    long heap() {
        return (heapNeeded() + STEP - 1) / STEP * STEP;
    }

    /** The largest batch that should fit; 0 if none of two or more does. */
    int batchThatFits(StepMemory step) {
        var beside = at(Phase.TRAINING, Set.of(Place.HEAP, Place.NATIVE))
                .mapToLong(SizedThing::bytes)
                .sum();
        var batch = step.largestBatch(Math.max(0, limits.hasDevice() ? limits.device() : limits.host() - beside));
        return batch < 2 ? 0 : batch;
    }

    /** What to do about the largest of what is expected at a peak. */
    String fix(Peak peak, Set<Place> places) {
        return fix(at(peak.phase, places)
                .sorted(Comparator.comparingLong(SizedThing::bytes).reversed()));
    }

    private static String fix(Stream<SizedThing> largestFirst) {
        return largestFirst
                .map(SizedThing::fix)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("choose a smaller image.size");
    }

    private UadException refused(Peak peak, Set<Place> places, long most, String what, String advice) {
        var largest = at(peak.phase, places)
                .sorted(Comparator.comparingLong(SizedThing::least).reversed())
                .toList();
        var named = largest.stream()
                .filter(thing -> thing.least() >= WORTH_NAMING)
                .limit(NAMED)
                .map(thing -> thing.name() + " " + Mebibytes.of(thing.least()))
                .collect(Collectors.joining(", "));
        var action = advice + fix(largest.stream());
        return UadException.resource(
                "the run takes at least " + Mebibytes.of(peak.bytes) + " of " + what + " " + peak.phase + " (" + named
                        + ")",
                "plan",
                "at most the " + Mebibytes.of(most) + " that there are",
                Character.toUpperCase(action.charAt(0)) + action.substring(1) + "; 'uad plan' lists all sizes");
    }

    /** How Java is told the size of its heap. */
    static String option(long bytes) {
        return "-Xmx" + (bytes >> 20) + "m";
    }
}
