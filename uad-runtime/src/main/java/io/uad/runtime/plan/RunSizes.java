package io.uad.runtime.plan;

import io.uad.api.engine.StepMemory;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.image.ImageLoader;
import io.uad.runtime.inference.Images;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Counts the large things that one process of a run has. */
final class RunSizes {
    static final String FEW_COLUMNS = "lower reduction.components";
    /** In place of what all images would take decoded. */
    static final long UNKNOWN = Long.MAX_VALUE;

    /** A sample's record and its path, in bytes of the heap. */
    private static final int SAMPLE_BYTES = 200;
    /** Classes, compiled code, buffers, the libraries of an engine: 450 MiB in a small run with PyTorch, more in large ones. */
    private static final long PROCESS_BYTES = 600L << 20;
    /** Of what {@link StepMemory} counts for the activations. PyTorch takes about all of it; one that works in place, less. */
    private static final double LEAST_ACTIVATIONS = 0.25;
    /** How many batches an engine that takes views may bring to its device before their turn. */
    private static final int BATCHES_AHEAD = 2;

    private static final String BATCH = "lower training.batch (--batch)";
    private static final String NETWORK = "choose a smaller backbone, or fewer clusters";

    private final PreparedRun run;
    private final int images;
    private final long fused;
    private final long leastFused;
    private final long forwarded;
    private final long batch;
    private final long leastBatch;
    private final RunState state;
    private final SizedThings things;

    private RunSizes(PreparedRun run, SizedThings things) {
        this.run = run;
        this.images = run.images();
        this.fused = run.fusedAtOnce();
        this.leastFused = run.leastFused();
        this.forwarded = run.forwardedAtOnce();
        this.batch = run.trainedAtOnce();
        this.leastBatch = run.leastTrained();
        this.state = new RunState(run);
        this.things = things;
    }

    /** @param heap how much there may be of it: what is more than a part of that goes to the disk */
    static List<SizedThing> of(PreparedRun run, long heap) {
        return of(run, heap, UNKNOWN);
    }

    /** @param decoded what all images would take decoded, or {@link #UNKNOWN}: then there may be as much as is kept */
    static List<SizedThing> of(PreparedRun run, long heap, long decoded) {
        var things = new SizedThings();
        var sizes = new RunSizes(run, things);
        var leader = new LeaderSizes(run, things);
        var leads = run.processes().leads();
        sizes.reading(Math.min(decoded, Limits.forImages(heap)));
        sizes.fusing();
        if (leads) {
            leader.features(heap);
        }
        sizes.pseudoLabels();
        sizes.weights();
        sizes.computing();
        if (leads) {
            leader.disk();
        }
        return things.all();
    }

    private void reading(long decoded) {
        things.add(
                "list of the images",
                Place.HEAP,
                (long) images * SAMPLE_BYTES,
                0,
                SizedThings.allPhases(),
                "about 200 bytes each",
                "");
        if (decoded > 0 && !run.hasVectors()) {
            things.add(
                    "decoded images",
                    Place.HEAP,
                    decoded,
                    0,
                    SizedThings.afterStart(),
                    "kept for the next pass, at most an eighth of the heap",
                    "");
        }
        if (run.processes().isAlone()) {
            batches("", Math.max(fused, batch), Math.min(fused, batch), with(forwarding(run), Phase.TRAINING));
        } else {
            batches(", for features", fused, leastFused, forwarding(run));
            batches(", for a step", batch, leastBatch, Set.of(Phase.TRAINING));
        }
    }

    /**
     * Whole images may be smaller than the views that are taken of them.
     *
     * @param purpose ends their name
     */
    private void batches(String purpose, long samples, long least, Set<Phase> phases) {
        var input = (long) run.network().input().size();
        var perSample = run.hasVectors() ? Float.BYTES * input : input;
        var whole = run.takesViews() && !run.hasVectors();
        var atOnce = Images.PREFETCHED_BATCHES + 1 + (run.takesViews() ? 1 : 0);
        things.add(
                "batches of images" + purpose,
                Place.HEAP,
                atOnce * samples * perSample * (whole ? ImageLoader.MOST_PIXELS : 1),
                whole ? 0 : least * perSample,
                phases,
                atOnce + " batches of " + samples + ", those prepared ahead and the one in use"
                        + (whole ? "; images up to " + ImageLoader.MOST_PIXELS + " times as large as a view" : ""),
                BATCH);
        if (whole) {
            things.add(
                    "inputs brought ahead" + purpose,
                    Place.DEVICE,
                    BATCHES_AHEAD * samples * Float.BYTES * input,
                    0,
                    phases,
                    BATCHES_AHEAD + " batches of " + samples + " x the input, which the engine prepares",
                    BATCH);
        }
    }

    private void fusing() {
        var read = run.selections().stream().mapToLong(this::selected).sum();
        var columns = run.layout().columns();
        var each = Float.BYTES * (read + columns);
        things.add(
                "features of a batch",
                Place.HEAP,
                fused * each + Float.BYTES * forwarded * read,
                leastFused * each,
                forwarding(run),
                fused + " x (" + read + " read + " + columns + " fused) x 4 bytes, and " + forwarded
                        + " x read on the way",
                BATCH);
    }

    private void pseudoLabels() {
        var kept = 4L * Float.BYTES * images + (long) Integer.BYTES * run.drawn();
        things.add(
                "labels, distances, weights, order",
                Place.HEAP,
                2 * kept,
                kept,
                Set.of(Phase.TRAINING, Phase.CHECKPOINT),
                "20 bytes for each image, and as much while they are found",
                "");
        things.exact(
                "fitted reduction and centroids",
                Place.HEAP,
                state.projectionBytes() + (long) Float.BYTES * state.clusters() * run.reducedColumns(),
                Set.of(Phase.TRAINING, Phase.CHECKPOINT),
                "kept for the checkpoints",
                FEW_COLUMNS);
    }

    private void weights() {
        var weights = state.weightBytes();
        var learned = weights + state.momentumBytes();
        things.exact(
                "weights",
                Place.DEVICE,
                weights,
                SizedThings.allPhases(),
                state.clusters() > 0
                        ? "of the network and a head of " + state.clusters() + " clusters"
                        : "of the network; the head's come on top, for as many clusters as are found",
                NETWORK);
        things.exact(
                "gradients and momentum",
                Place.DEVICE,
                learned,
                run.epochs() > 1 ? SizedThings.afterStart() : EnumSet.of(Phase.TRAINING, Phase.CHECKPOINT),
                "one of each per weight",
                NETWORK);
        if (!run.processes().isAlone()) {
            things.add(
                    "sums of gradients",
                    Place.DEVICE,
                    state.gradientSumBytes(),
                    0,
                    Set.of(Phase.TRAINING),
                    "over all processes, one per trained weight beside its own gradient, unless the engine sums in place",
                    NETWORK);
        }
        if (run.processes().leads()) {
            things.exact(
                    "weights and momentum, read",
                    Place.HEAP,
                    learned,
                    Set.of(Phase.CHECKPOINT),
                    "on their way from the engine to the disk",
                    NETWORK);
        } else {
            things.exact(
                    "weights, received",
                    Place.HEAP,
                    state.bodyBytes(),
                    Set.of(Phase.START),
                    "on their way from process 0 to the engine",
                    "choose a smaller backbone");
        }
    }

    private void computing() {
        var step = state.step();
        things.add(
                "activations of a training step",
                Place.DEVICE,
                batch * step.bytesPerSample(),
                (long) (leastBatch * step.bytesPerSample() * LEAST_ACTIVATIONS),
                Set.of(Phase.TRAINING),
                batch + " x what each layer puts out, and its gradient",
                BATCH);
        var input = (long) run.network().input().size();
        var largest = run.network().taps().keySet().stream()
                .mapToLong(tap -> run.network().shapeAt(tap).size())
                .reduce(input, Math::max);
        things.add(
                "activations of a forward pass",
                Place.DEVICE,
                Float.BYTES * forwarded * (input + 2 * largest),
                Float.BYTES * Math.min(forwarded, leastFused) * input,
                forwarding(run),
                forwarded + " x the input and the two largest layers",
                BATCH);
        things.add(
                "Java itself and the engine's library",
                Place.NATIVE,
                PROCESS_BYTES,
                0,
                SizedThings.allPhases(),
                "what was seen elsewhere",
                "");
    }

    private long selected(TapSelection selection) {
        var shape = run.network().shapeAt(selection.tap());
        return selection.channels().isEmpty()
                ? shape.size()
                : (long) selection.channels().size() * shape.height() * shape.width();
    }

    /** When images go through the network: all of them may be in the sample. */
    static Set<Phase> forwarding(PreparedRun run) {
        return run.fittedRows() < run.images() ? Set.of(Phase.SAMPLE, Phase.FEATURES) : Set.of(Phase.SAMPLE);
    }

    private static Set<Phase> with(Set<Phase> phases, Phase another) {
        var more = EnumSet.copyOf(phases);
        more.add(another);
        return more;
    }
}
