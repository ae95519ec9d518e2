package io.uad.runtime.plan;

import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.engine.StepMemory;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.feature.SpillingStorage;
import io.uad.runtime.inference.Images;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Counts the large things of a run. */
final class RunSizes {
    /** A sample's record and its path, in bytes of the heap. */
    private static final int SAMPLE_BYTES = 200;
    /** A line of the assignments, compressed. */
    private static final int LINE_BYTES = 20;
    /** Classes, compiled code, buffers, the libraries of an engine: 450 MiB in a small run with PyTorch, more in large ones. */
    private static final long PROCESS_BYTES = 600L << 20;
    /** Of what {@link StepMemory} counts for the activations. PyTorch takes about all of it; one that works in place, less. */
    private static final double LEAST_ACTIVATIONS = 0.25;

    private static final String DISK = "choose a folder on another disk (--exp)";
    private static final String BATCH = "lower training.batch (--batch)";
    private static final String SAMPLE = "lower reduction.sample";
    private static final String NETWORK = "choose a smaller backbone, or fewer clusters";
    private static final String FEW_COLUMNS = "lower reduction.components";

    private final PreparedRun run;
    private final int images;
    private final int columns;
    private final long fused;
    private final long forwarded;
    private final long batch;
    private final int clusters;
    private final StepMemory step;
    private final RunState state;
    private final List<SizedThing> things = new ArrayList<>();

    private RunSizes(PreparedRun run) {
        this.run = run;
        this.images = run.images();
        this.columns = run.layout().columns();
        this.fused = run.fusedAtOnce();
        this.forwarded = run.forwardedAtOnce();
        this.batch = run.trainedAtOnce();
        this.clusters = run.clustering().map(ClusteringForecast::clusters).orElse(0);
        this.step = StepMemory.of(run.network(), clusters);
        this.state = new RunState(run);
    }

    /** @param heap how much there may be of it: what is more than a part of that goes to the disk */
    static List<SizedThing> of(PreparedRun run, long heap) {
        return of(run, heap, run.hasVectors() ? 0 : Limits.forImages(heap));
    }

    /** @param decoded what all images would take, or as much as there may be of it */
    static List<SizedThing> of(PreparedRun run, long heap, long decoded) {
        var sizes = new RunSizes(run);
        sizes.reading(Math.min(decoded, Limits.forImages(heap)));
        sizes.features(heap);
        sizes.clusters();
        sizes.network();
        sizes.disk();
        return List.copyOf(sizes.things);
    }

    private void reading(long decoded) {
        add("list of the images", Place.HEAP, (long) images * SAMPLE_BYTES, 0, all(), "about 200 bytes each", "");
        if (decoded > 0) {
            var meaning = "kept for the next pass, at most an eighth of the heap";
            add("decoded images", Place.HEAP, decoded, 0, all(), meaning, "");
        }
        var perSample = run.hasVectors()
                ? (long) Float.BYTES * run.network().input().size()
                : run.network().input().size();
        var atOnce = Images.PREFETCHED_BATCHES + 1;
        add(
                "batches of images",
                Place.HEAP,
                atOnce * Math.max(fused, batch) * perSample,
                Math.min(fused, batch) * perSample,
                with(forwarding(), Phase.TRAINING),
                atOnce + " batches of " + Math.max(fused, batch) + ", those prepared ahead and the one in use",
                BATCH);
    }

    private void features(long heap) {
        var read = run.selections().stream().mapToLong(this::selected).sum();
        var rows = Float.BYTES * fused * (read + columns);
        add(
                "features of a batch",
                Place.HEAP,
                rows + Float.BYTES * forwarded * read,
                rows,
                forwarding(),
                fused + " x (" + read + " read + " + columns + " fused) x 4 bytes, and " + forwarded
                        + " x read on the way",
                BATCH);

        var fitted = run.fittedRows();
        var reduced = run.reducedColumns();
        var known = run.reduction().isPresent();
        var spilled = SpillingStorage.spilled(
                Limits.forFeatures(heap), new int[] {fitted, images}, new int[] {columns, reduced});
        matrix(
                "sample for the reduction",
                fitted,
                columns,
                spilled[0],
                true,
                Set.of(Phase.SAMPLE, Phase.FIT, Phase.PROJECTION),
                SAMPLE);
        matrix(
                "reduced features",
                images,
                reduced,
                spilled[1],
                known,
                Set.of(Phase.PROJECTION, Phase.FEATURES, Phase.CLUSTERING),
                FEW_COLUMNS);
        run.reduction().ifPresent(forecast -> {
            var fit = Set.of(Phase.FIT);
            exact(
                    "work of the reduction",
                    Place.HEAP,
                    forecast.heapBytes(),
                    fit,
                    "as the plugin counts it",
                    FEW_COLUMNS);
            exact(
                    "sample on the engine",
                    Place.DEVICE,
                    forecast.deviceBytes(),
                    fit,
                    "a centred copy, and work, as the plugin counts it",
                    SAMPLE);
        });
    }

    private void clusters() {
        run.clustering().ifPresent(forecast -> {
            var now = Set.of(Phase.CLUSTERING);
            exact(
                    "work of the clustering",
                    Place.HEAP,
                    forecast.heapBytes(),
                    now,
                    "as the plugin counts it",
                    "lower clustering.k (--k)");
            exact(
                    "features on the engine",
                    Place.DEVICE,
                    forecast.deviceBytes(),
                    now,
                    "a copy to cluster, and work, as the plugin counts it",
                    FEW_COLUMNS);
        });
        var kept = 4L * Float.BYTES * images + (long) Integer.BYTES * run.drawn();
        add(
                "labels, distances, weights, order",
                Place.HEAP,
                2 * kept,
                kept,
                Set.of(Phase.TRAINING, Phase.CHECKPOINT),
                "20 bytes for each image, and as much while they are found",
                "");
        exact(
                "fitted reduction and centroids",
                Place.HEAP,
                state.projectionBytes() + (long) Float.BYTES * clusters * run.reducedColumns(),
                Set.of(Phase.TRAINING, Phase.CHECKPOINT),
                "kept for the checkpoints",
                FEW_COLUMNS);
    }

    private void network() {
        var weights = state.weightBytes();
        var momentum = state.momentumBytes();
        exact(
                "weights",
                Place.DEVICE,
                weights,
                all(),
                clusters > 0
                        ? "of the network and a head of " + clusters + " clusters"
                        : "of the network; the head's come on top, for as many clusters as are found",
                NETWORK);
        var trained = run.epochs() > 1 ? all() : EnumSet.of(Phase.TRAINING, Phase.CHECKPOINT);
        exact("gradients and momentum", Place.DEVICE, weights + momentum, trained, "one of each per weight", NETWORK);
        exact(
                "weights and momentum, read",
                Place.HEAP,
                weights + momentum,
                Set.of(Phase.CHECKPOINT),
                "on their way from the engine to the disk",
                NETWORK);
        var activations = batch * step.bytesPerSample();
        add(
                "activations of a training step",
                Place.DEVICE,
                activations,
                (long) (activations * LEAST_ACTIVATIONS),
                Set.of(Phase.TRAINING),
                batch + " x what each layer puts out, and its gradient",
                BATCH);
        var input = (long) run.network().input().size();
        var largest = run.network().taps().keySet().stream()
                .mapToLong(tap -> run.network().shapeAt(tap).size())
                .reduce(input, Math::max);
        add(
                "activations of a forward pass",
                Place.DEVICE,
                Float.BYTES * forwarded * (input + 2 * largest),
                Float.BYTES * forwarded * input,
                forwarding(),
                forwarded + " x the input and the two largest layers",
                BATCH);
        add(
                "Java itself and the engine's library",
                Place.NATIVE,
                PROCESS_BYTES,
                0,
                all(),
                "what was seen elsewhere",
                "");
    }

    private void disk() {
        var checkpoint = state.checkpoint().bytes();
        var numbered = state.numbered();
        var each = checkpoint + " bytes each: ";
        add(
                "checkpoints",
                Place.DISK,
                checkpoint * (numbered + 1),
                run.epochs() > 1 ? checkpoint : 0,
                all(),
                each + "the latest and " + numbered + " numbered" + (clusters > 0 ? "" : ", without the head"),
                DISK);
        exact(
                "the next checkpoint",
                Place.DISK,
                checkpoint,
                Set.of(Phase.CHECKPOINT),
                "complete before it takes the place of the one before",
                DISK);
        add(
                "assignments",
                Place.DISK,
                (long) images * LINE_BYTES * run.epochs(),
                0,
                all(),
                "about " + LINE_BYTES + " bytes per image in each of " + run.epochs() + " epochs",
                DISK);
    }

    private long selected(TapSelection selection) {
        var shape = run.network().shapeAt(selection.tap());
        return selection.channels().isEmpty()
                ? shape.size()
                : (long) selection.channels().size() * shape.height() * shape.width();
    }

    private void matrix(String name, int rows, int width, long spilled, boolean known, Set<Phase> phases, String fix) {
        var meaning = rows + " x " + width + " x 4 bytes";
        var kept = (long) Float.BYTES * rows * width - spilled;
        if (kept > 0) {
            add(name, Place.HEAP, kept, known ? kept : 0, phases, meaning + (known ? "" : " at most"), fix);
        }
        if (spilled > 0) {
            add(
                    name + ", in scratch files",
                    Place.DISK,
                    spilled,
                    known ? spilled : 0,
                    phases,
                    "what a quarter of the heap does not hold of " + meaning,
                    fix + ", or " + DISK);
        }
    }

    private void exact(String name, Place place, long bytes, Set<Phase> phases, String meaning, String fix) {
        add(name, place, bytes, bytes, phases, meaning, fix);
    }

    private void add(String name, Place place, long bytes, long least, Set<Phase> phases, String meaning, String fix) {
        things.add(new SizedThing(name, place, bytes, least, phases, meaning, fix));
    }

    /** When images go through the network: all of them may be in the sample. */
    private Set<Phase> forwarding() {
        return run.fittedRows() < images ? Set.of(Phase.SAMPLE, Phase.FEATURES) : Set.of(Phase.SAMPLE);
    }

    private static Set<Phase> with(Set<Phase> phases, Phase another) {
        var more = EnumSet.copyOf(phases);
        more.add(another);
        return more;
    }

    private static Set<Phase> all() {
        return EnumSet.allOf(Phase.class);
    }
}
