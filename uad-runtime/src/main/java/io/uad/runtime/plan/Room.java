package io.uad.runtime.plan;

import io.uad.api.UadException;
import io.uad.api.engine.StepMemory;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.process.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what a run takes with what there is. It refuses only what certainly fails: the least that lies somewhere at one
 * time is more than all there is. What is only expected to fail is a warning, see {@link Warnings}.
 *
 * @param things of this process
 * @param others the things of each other process, as far as this one answers for them
 * @param processes of the run
 * @param limits of this process
 */
record Room(List<SizedThing> things, List<SizedThing> others, Topology processes, Limits limits) {
    private static final int NAMED = 4;
    private static final long WORTH_NAMING = 1 << 20;
    private static final long STEP = 256L << 20;
    /** Java's parallel collector gives two thirds of the heap to what lasts. */
    private static final double HEADROOM = 1.5;

    /** Of one process by itself. */
    Room(List<SizedThing> things, Limits limits) {
        this(things, List.of(), Topology.ALONE, limits);
    }

    /** @param decoded what all images would take decoded, or {@link RunSizes#UNKNOWN} */
    static Room of(PreparedRun run, Limits limits, long decoded) {
        var processes = run.processes();
        var others = processes.leads() && !processes.isAlone()
                ? RunSizes.of(run.in(processes.ofAnother()), processes.heapOfOthers(limits.heap()), decoded)
                : List.<SizedThing>of();
        return new Room(RunSizes.of(run, limits.heap(), decoded), others, processes, limits);
    }

    /** That of each other process by itself. */
    Room ofAnother() {
        return new Room(others, limits.withHeap(processes.heapOfOthers(limits.heap())));
    }

    /** A place, or several that share one memory, at the time when most lies there. */
    record Peak(Phase phase, long bytes) {}

    /**
     * What this process has in some places.
     *
     * @param least whether to count what is certain instead of what is expected
     */
    Peak peak(Set<Place> places, boolean least) {
        return peak(things, places, least);
    }

    /** What all processes that share this machine have in some of its places. */
    Peak machinePeak(Set<Place> places, boolean least) {
        return peak(onThisMachine(), places, least);
    }

    /** The same for its memory. */
    Peak machinePeak(boolean least) {
        return machinePeak(host(), least);
    }

    private static Peak peak(List<SizedThing> things, Set<Place> places, boolean least) {
        var highest = new Peak(Phase.FEATURES, 0);
        for (var phase : Phase.values()) {
            var bytes = at(phase, things, places)
                    .mapToLong(thing -> least ? thing.least() : thing.bytes())
                    .sum();
            highest = bytes > highest.bytes ? new Peak(phase, bytes) : highest;
        }
        return highest;
    }

    private static Stream<SizedThing> at(Phase phase, List<SizedThing> things, Set<Place> places) {
        return things.stream()
                .filter(thing ->
                        places.contains(thing.place()) && thing.phases().contains(phase));
    }

    /** The things of all processes that share this machine. */
    private List<SizedThing> onThisMachine() {
        var more = processes.here() - 1;
        return more == 0
                ? things
                : Stream.concat(things.stream(), others.stream().map(thing -> thing.ofOthers(more)))
                        .toList();
    }

    /**
     * What can be told before an engine is opened.
     *
     * @param mode the files of an earlier run make room, or are part of what is counted, so they decide for themselves
     * @throws UadException of kind RESOURCE if heap or disk are too small
     */
    void requireHeapAndDisk(RunFolder.Mode mode) {
        requireHeap("Java's heap", moreHeap(heap()) + ", or ");
        if (processes.here() > 1) {
            var another = ofAnother();
            var enough = Math.max(heap(), another.heap()); // one that is chosen is everybody's
            another.requireHeap("Java's heap of each other process", moreHeap(enough) + ", or " + fewer());
        }
        var disk = peak(Set.of(Place.DISK), true);
        if (mode == RunFolder.Mode.FRESH && limits.disk() >= 0 && disk.bytes > limits.disk()) {
            throw refused(
                    things,
                    disk,
                    Set.of(Place.DISK),
                    limits.disk(),
                    "the disk of the output folder",
                    "Free some space, or ");
        }
    }

    /** Advice to have such a heap, which is each process's if it is chosen. */
    String moreHeap(long enough) {
        var more = "give Java more memory (UAD_OPTS=" + option(enough) + forEach() + ")";
        return processes.here() > 1 && limits.host() > 0 && enough > limits.host() / processes.here()
                ? "use fewer processes (--processes), so that their machine holds them, and " + more
                : more;
    }

    private void requireHeap(String what, String advice) {
        var heap = peak(Set.of(Place.HEAP), true);
        if (limits.heap() > 0 && heap.bytes > limits.heap()) {
            throw refused(things, heap, Set.of(Place.HEAP), limits.heap(), what, advice);
        }
    }

    /**
     * What is known once there is an engine.
     *
     * @throws UadException of kind RESOURCE if the memory of machine or device is too small
     */
    void requireMemory(StepMemory step) {
        if (limits.hasDevice()) {
            require(things, Set.of(Place.DEVICE), limits.device(), "the device's memory", step, "");
        }
        require(
                onThisMachine(),
                host(),
                limits.host() == 0 ? 0 : limits.host() + limits.swap(),
                "the memory of this machine or container" + inProcesses(),
                step,
                fewer());
    }

    /** @param advice what else helps than a smaller batch */
    private void require(
            List<SizedThing> all, Set<Place> places, long most, String what, StepMemory step, String advice) {
        var peak = peak(all, places, true);
        if (most > 0 && peak.bytes > most) {
            var helps = peak.phase == Phase.TRAINING && places.contains(Place.DEVICE); // where activations lie
            var batch = helps ? batchThatFits(step) : 0;
            var smaller = batch == 0 ? "" : "lower training.batch (--batch) to " + batch + ", which should fit, or ";
            throw refused(all, peak, places, most, what, smaller + advice);
        }
    }

    /** Advice, as the beginning of a sentence that goes on. */
    String fewer() {
        return processes.here() == 1 ? "" : "use fewer processes (--processes), or ";
    }

    /** Whose an option of Java is, where it is not one process's, as part of a sentence. */
    String forEach() {
        return processes.here() == 1 ? "" : ", for each process";
    }

    /** Whose memory a machine's is, where it is not one process's, as part of a sentence. */
    String inProcesses() {
        return processes.here() == 1 ? "" : " in " + processes.here() + " processes";
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

    /**
     * The largest batch of all processes together that should fit; 0 if none of two or more does.
     *
     * @param step of one of them
     */
    int batchThatFits(StepMemory step) {
        var beside = at(Phase.TRAINING, onThisMachine(), Set.of(Place.HEAP, Place.NATIVE))
                .mapToLong(SizedThing::bytes)
                .sum();
        var each = limits.hasDevice() ? limits.device() : (limits.host() - beside) / processes.here();
        var batch = (long) step.largestBatch(Math.max(0, each)) * processes.size();
        return batch < 2 ? 0 : (int) Math.min(Integer.MAX_VALUE, batch);
    }

    /** What to do about the largest of what is expected of this process at a peak. */
    String fix(Peak peak, Set<Place> places) {
        return fix(at(peak.phase, things, places)
                .sorted(Comparator.comparingLong(SizedThing::bytes).reversed()));
    }

    private static String fix(Stream<SizedThing> largestFirst) {
        return largestFirst
                .map(SizedThing::fix)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("choose a smaller image.size");
    }

    private static UadException refused(
            List<SizedThing> things, Peak peak, Set<Place> places, long most, String what, String advice) {
        var largest = at(peak.phase, things, places)
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
