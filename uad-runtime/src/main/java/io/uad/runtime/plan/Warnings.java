package io.uad.runtime.plan;

import io.uad.api.clustering.ClusteringForecast;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.process.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for what will probably go wrong although nothing forbids it. */
final class Warnings {
    /** Below that, Faiss too warns: the centroids follow single points. */
    private static final int IMAGES_PER_CLUSTER = 39;

    /** Rows for each component, at least. */
    private static final int FEW_COMPONENTS = 4;

    private static final int SMALL_HEAP = 8;
    private static final int LARGE_PART = 2;

    private final PreparedRun run;
    private final Room room;
    private final Topology processes;

    @Nullable
    private final Measured measured;

    private final List<PlanWarning> found = new ArrayList<>();

    private Warnings(PreparedRun run, Room room, @Nullable Measured measured) {
        this.run = run;
        this.room = room;
        this.processes = room.processes();
        this.measured = measured;
    }

    /** @param measured null without a calibration */
    static List<PlanWarning> of(PreparedRun run, Room room, @Nullable Measured measured) {
        var warnings = new Warnings(run, room, measured);
        warnings.ofImages();
        warnings.ofMemory();
        warnings.ofDisk();
        if (measured != null) {
            warnings.ofDecoding(measured);
        }
        run.components().fusion().warnings().forEach(sentence -> warnings.add(sentence, "see 'uad plugins describe'"));
        return List.copyOf(warnings.found);
    }

    private void ofImages() {
        var rows = run.fittedRows();
        var columns = run.layout().columns();
        if (run.reduction().isPresent() && rows < columns) {
            add(
                    "the reduction is fitted on " + rows + " images of " + columns
                            + " columns, fewer images than columns:"
                            + " its components fit these images better than others",
                    run.reducedColumns() * FEW_COMPONENTS > rows
                            ? "ask for fewer components (--set reduction.components="
                                    + Math.max(1, rows / FEW_COMPONENTS) + "), or add images"
                            : "add images, or fuse fewer columns (fewer channels, or fusion.plugin=high-only)");
        }
        run.clustering().map(ClusteringForecast::clusters).ifPresent(this::ofClusters);
        if (run.drawn() < run.config().training().batch()) {
            add(
                    "a batch of " + run.config().training().batch() + " is more than the " + run.drawn()
                            + " images of an epoch, which then has one step",
                    "lower training.batch (--batch), to a tenth of the images or less");
        }
    }

    private void ofClusters(int clusters) {
        var each = run.images() / clusters;
        var fewer = run.images() / IMAGES_PER_CLUSTER;
        if (each < IMAGES_PER_CLUSTER) {
            add(
                    run.images() + " images in " + clusters + " clusters are " + each + " each, fewer than "
                            + IMAGES_PER_CLUSTER,
                    fewer < 2 ? "add images" : "ask for at most " + fewer + " clusters (--k), or add images");
        }
    }

    private void ofMemory() {
        var limits = room.limits();
        var shared = processes.here() > 1;
        var small = ofHeap(room, "") || (shared && ofHeap(room.ofAnother(), " in each other process"));
        var advised = shared && small; // one heap for each process
        var machine = room.machinePeak(false);
        if (limits.host() > 0 && machine.bytes() > limits.host()) {
            add(
                    "about " + Mebibytes.of(machine.bytes()) + " of memory are needed" + room.inProcesses() + " "
                            + machine.phase() + ", and this machine or container has " + Mebibytes.of(limits.host()),
                    room.fewer() + fix(machine, room.host()));
        } else if (!advised
                && limits.host() > 0
                && withWholeHeaps() > limits.host()
                && processes.here() * room.heap() < wholeHeaps()) {
            add(
                    "the heap may grow to " + Mebibytes.of(wholeHeaps()) + room.inProcesses()
                            + ", which with the engine's part is more than" + " the " + Mebibytes.of(limits.host())
                            + " of this machine or container",
                    "limit it (UAD_OPTS=" + Room.option(room.heap()) + room.forEach() + ")");
        }
        var device = room.peak(Set.of(Place.DEVICE), false);
        if (limits.device() > 0 && device.bytes() > limits.device()) {
            add(
                    "about " + Mebibytes.of(device.bytes()) + " of the device's memory are needed " + device.phase()
                            + ", and it has " + Mebibytes.of(limits.device()),
                    fix(device, Set.of(Place.DEVICE)));
        }
        var part = limits.host() / processes.here();
        if (!advised && limits.host() > 0 && limits.heap() < part / SMALL_HEAP) {
            add(
                    "Java may use " + Mebibytes.of(limits.heap()) + " of the " + Mebibytes.of(part) + " that there are"
                            + (processes.here() == 1 ? "" : " for each process"),
                    "give it a quarter (UAD_OPTS=" + Room.option(part / 4) + room.forEach()
                            + "): more images stay decoded, and fewer features go to the disk");
        }
    }

    /**
     * What helps one process helps all.
     *
     * @param whose as part of a sentence
     * @return whether there is something to warn of
     */
    private boolean ofHeap(Room process, String whose) {
        var heap = process.peak(Set.of(Place.HEAP), false);
        var allowed = process.limits().heap();
        var small = allowed > 0 && process.heapNeeded() > allowed;
        if (small) {
            add(
                    "about " + Mebibytes.of(heap.bytes()) + " of Java's heap are needed" + whose + " " + heap.phase()
                            + ", and " + Mebibytes.of(allowed)
                            + " are allowed, of which the collector keeps a third for what is short-lived",
                    room.moreHeap(advisedHeap())
                            + ", or lower training.batch or reduction.sample, or choose a smaller backbone");
        }
        return small;
    }

    /** One that suffices for what is kept in it, too, which grows with it by less than half. */
    private long advisedHeap() {
        var heap = room.heap();
        for (var next = heapNeededIn(heap); next > heap; next = heapNeededIn(heap)) {
            heap = next;
        }
        return heap;
    }

    private long heapNeededIn(long heap) {
        return new Room(RunSizes.of(run, heap, run.decodedBytes(measured)), room.limits()).heap();
    }

    private long withWholeHeaps() {
        var beside = Set.copyOf(
                room.host().stream().filter(place -> place != Place.HEAP).toList());
        return wholeHeaps() + room.machinePeak(beside, false).bytes();
    }

    /** Of all processes here, as large as they may become. */
    private long wholeHeaps() {
        var own = room.limits().heap();
        return own + (processes.here() - 1) * processes.heapOfOthers(own);
    }

    /** A batch only where one that is smaller helps. */
    private String fix(Room.Peak peak, Set<Place> places) {
        if (peak.phase() != Phase.TRAINING) {
            return room.fix(peak, places);
        }
        var batch = room.batchThatFits(new RunState(run).step());
        if (batch == 0) {
            return "choose a smaller image.size or backbone";
        }
        return batch < run.trainedTogether()
                ? "lower training.batch (--batch) to " + batch + ", which should fit, or choose a smaller image.size"
                : room.fix(peak, places);
    }

    private void ofDisk() {
        var disk = room.peak(Set.of(Place.DISK), false);
        var free = room.limits().disk();
        if (free >= 0 && disk.bytes() > free / LARGE_PART) {
            add(
                    "about " + Mebibytes.of(disk.bytes()) + " of disk are needed, and " + Mebibytes.of(free)
                            + " are free where the run's folder lies",
                    "keep fewer numbered checkpoints (checkpoint.keep), free some space, or choose another disk (--exp)");
        }
    }

    private void ofDecoding(Measured measured) {
        var kept = RunSeconds.keptShare(run, measured, room.limits());
        if (kept < 1 && measured.decodes()) {
            add(
                    "decoded, the images take " + Mebibytes.of(run.decodedBytes(measured)) + ", of which "
                            + Math.round(100 * kept)
                            + " % fit into an eighth of the heap" + (processes.isAlone() ? "" : " of a process")
                            + ": the others are decoded in every pass, for about "
                            + Math.round(RunSeconds.decodingAgain(run, measured, kept)) + " s of each epoch",
                    "pack the dataset once with 'uad dataset pack', or give Java more memory (UAD_OPTS=-Xmx...)");
        }
    }

    private void add(String what, String fix) {
        found.add(new PlanWarning(what, fix));
    }
}
