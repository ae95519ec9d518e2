package io.uad.runtime.plan;

import io.uad.api.clustering.ClusteringForecast;
import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.feature.FeatureReducer;
import io.uad.runtime.feature.SpillingStorage;
import java.util.Set;

/** Counts what process 0 alone has: all features, what is made of them, and what is written. */
final class LeaderSizes {
    /** A line of the assignments, compressed. */
    private static final int LINE_BYTES = 20;

    private static final String DISK = "choose a folder on another disk (--exp)";
    private static final String SAMPLE = "lower reduction.sample";

    private final PreparedRun run;
    private final RunState state;
    private final SizedThings things;

    /** @param things to which they are added */
    LeaderSizes(PreparedRun run, SizedThings things) {
        this.run = run;
        this.state = new RunState(run);
        this.things = things;
    }

    /** @param heap how much there may be of it: what is more than a part of that goes to the disk */
    void features(long heap) {
        var fitted = run.fittedRows();
        var columns = run.layout().columns();
        var reduced = run.reducedColumns();
        var spilled = SpillingStorage.spilled(
                Limits.forFeatures(heap), new int[] {fitted, run.images()}, new int[] {columns, reduced});
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
                run.images(),
                reduced,
                spilled[1],
                run.reduction().isPresent(),
                Set.of(Phase.PROJECTION, Phase.FEATURES, Phase.CLUSTERING),
                RunSizes.FEW_COLUMNS);
        if (!run.processes().isAlone()) {
            gathered();
        }
        run.reduction().ifPresent(this::reduction);
        run.clustering().ifPresent(this::clustering);
    }

    private void gathered() {
        var processes = run.processes().size();
        var each = FeatureReducer.gatheredBytes(run.fusedAtOnce(), run.layout().columns());
        things.add(
                "rows gathered from the others",
                Place.HEAP,
                processes * each,
                0,
                RunSizes.forwarding(run),
                processes + " x " + each + " bytes, as much as each sends at once",
                "use fewer processes");
    }

    private void reduction(ReductionForecast forecast) {
        var fit = Set.of(Phase.FIT);
        things.exact(
                "work of the reduction",
                Place.HEAP,
                forecast.heapBytes(),
                fit,
                "as the plugin counts it",
                RunSizes.FEW_COLUMNS);
        things.exact(
                "sample on the engine",
                Place.DEVICE,
                forecast.deviceBytes(),
                fit,
                "a centred copy, and work, as the plugin counts it",
                SAMPLE);
    }

    private void clustering(ClusteringForecast forecast) {
        var now = Set.of(Phase.CLUSTERING);
        things.exact(
                "work of the clustering",
                Place.HEAP,
                forecast.heapBytes(),
                now,
                "as the plugin counts it",
                "lower clustering.k (--k)");
        things.exact(
                "features on the engine",
                Place.DEVICE,
                forecast.deviceBytes(),
                now,
                "a copy to cluster, and work, as the plugin counts it",
                RunSizes.FEW_COLUMNS);
    }

    void disk() {
        var checkpoint = state.checkpoint().bytes();
        var numbered = state.numbered();
        var each = checkpoint + " bytes each: ";
        things.add(
                "checkpoints",
                Place.DISK,
                checkpoint * (numbered + 1),
                run.epochs() > 1 ? checkpoint : 0,
                SizedThings.allPhases(),
                each + "the latest and " + numbered + " numbered" + (state.clusters() > 0 ? "" : ", without the head"),
                DISK);
        things.exact(
                "the next checkpoint",
                Place.DISK,
                checkpoint,
                Set.of(Phase.CHECKPOINT),
                "complete before it takes the place of the one before",
                DISK);
        things.add(
                "assignments",
                Place.DISK,
                (long) run.images() * LINE_BYTES * run.epochs(),
                0,
                SizedThings.allPhases(),
                "about " + LINE_BYTES + " bytes per image in each of " + run.epochs() + " epochs",
                DISK);
    }

    private void matrix(String name, int rows, int width, long spilled, boolean known, Set<Phase> phases, String fix) {
        var meaning = rows + " x " + width + " x 4 bytes";
        var kept = (long) Float.BYTES * rows * width - spilled;
        if (kept > 0) {
            things.add(name, Place.HEAP, kept, known ? kept : 0, phases, meaning + (known ? "" : " at most"), fix);
        }
        if (spilled > 0) {
            things.add(
                    name + ", in scratch files",
                    Place.DISK,
                    spilled,
                    known ? spilled : 0,
                    phases,
                    "what a quarter of the heap does not hold of " + meaning,
                    fix + ", or " + DISK);
        }
    }
}
