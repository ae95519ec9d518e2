package io.uad.runtime.plan;

import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.process.Topology;
import java.util.List;

/**
 * Makes seconds of what was measured.
 *
 * <p>Processes of one machine share its cores, and take about what one takes that has them all; process 0 has its part of them
 * also while the others wait. Devices and machines multiply.
 */
final class RunSeconds {
    /** A disk that is written to and synced, and SHA-256 on the way. */
    private static final double DISK_RATE = 250e6;

    private final PreparedRun run;
    private final Measured measured;
    private final Limits limits;
    private final double kept;
    private final Topology processes;
    /** How many times over images are read, and networks compute. */
    private final double machines;

    private final double computers;

    private RunSeconds(PreparedRun run, Measured measured, Limits limits) {
        this.run = run;
        this.measured = measured;
        this.limits = limits;
        this.kept = keptShare(run, measured, limits);
        this.processes = run.processes();
        this.machines = processes.machines();
        this.computers = limits.hasDevice() ? processes.size() : machines;
    }

    /** Those of each stage, in the order of an epoch. */
    static List<StageSeconds> of(PreparedRun run, Measured measured, Limits limits) {
        var seconds = new RunSeconds(run, measured, limits);
        return List.of(seconds.features(), seconds.clustering(), seconds.training(), seconds.checkpoint());
    }

    /** The share of the images that stay decoded, on average over the processes. */
    static double keptShare(PreparedRun run, Measured measured, Limits limits) {
        var all = (double) measured.decodedBytes() * run.images();
        var processes = run.processes();
        var others = processes.size() - 1;
        return (keptShare(all, limits.heap()) + others * keptShare(all, processes.heapOfOthers(limits.heap())))
                / processes.size();
    }

    private static double keptShare(double all, long heap) {
        return all == 0 ? 1 : Math.min(1, Limits.forImages(heap) / all);
    }

    /** Of an epoch, for images that are decoded although they were before. */
    static double decodingAgain(PreparedRun run, Measured measured, double kept) {
        return (1 - kept)
                * measured.readSeconds()
                * ((double) run.images() + run.drawn())
                / run.processes().machines();
    }

    private StageSeconds features() {
        var images = (double) run.images();
        var fit =
                run.reduction().map(ReductionForecast::operations).orElse(0.0) * byTheFirst() / measured.productRate();
        var known = run.reduction().isPresent();
        var projected = run.fittedRows() * byTheFirst() + (images - run.fittedRows()) / computers;
        var projection =
                known ? 2 * projected * run.layout().columns() * run.reducedColumns() / measured.productRate() : 0;
        var first = images * together(measured.readSeconds(), measured.forwardSeconds());
        var later = images * together(Math.min(again(), measured.readSeconds()), measured.forwardSeconds());
        return new StageSeconds(
                "features",
                first + fit + projection,
                later + fit + projection,
                known
                        ? "read, forward and project each image; fit the reduction" + shared() + ofTheFirst("the fit ")
                        : "read and forward each image; of the reduction the plugin does not say" + shared());
    }

    private StageSeconds clustering() {
        var seconds = run.clustering()
                .map(forecast -> forecast.operations() * byTheFirst() / measured.distanceRate())
                .orElse(Double.NaN);
        return new StageSeconds(
                "clustering",
                seconds,
                seconds,
                Double.isNaN(seconds)
                        ? "not estimated: the plugin does not say"
                        : "as many operations as the plugin counts" + ofTheFirst(""));
    }

    private StageSeconds training() {
        var seconds = run.drawn() * together(again(), measured.stepSeconds());
        return new StageSeconds(
                "training",
                seconds,
                seconds,
                "read each image and take its part of a step" + shared()
                        + (processes.isAlone() ? "" : ", what they exchange not counted"));
    }

    private StageSeconds checkpoint() {
        var seconds = new RunState(run).checkpoint().bytes() / DISK_RATE;
        return new StageSeconds("checkpoint", seconds, seconds, "at 250 MB/s, which was not measured");
    }

    /** For an image in any pass but the first. */
    private double again() {
        return kept * measured.cachedSeconds() + (1 - kept) * measured.readSeconds();
    }

    /** Readers and the engine share the cores, unless the engine has a device of its own. */
    private double together(double read, double compute) {
        return limits.hasDevice()
                ? Math.max(read / machines, compute / computers)
                : read / machines + compute / computers;
    }

    /** How many times as long process 0 takes for what it does alone as one process would that has all cores. */
    private double byTheFirst() {
        return limits.hasDevice() ? 1 : processes.here();
    }

    /** What is assumed of work that all do, as the end of a sentence. */
    private String shared() {
        if (processes.isAlone()) {
            return "";
        }
        var size = processes.size();
        if (processes.here() == 1) {
            return "; divided by " + size + " machines like this one";
        }
        return limits.hasDevice()
                ? "; divided by " + size + " devices, while the processes share the cores to read images"
                : "; " + size + " processes share the cores and take what one would";
    }

    /** The same of work that process 0 does alone. */
    private String ofTheFirst(String work) {
        if (processes.isAlone()) {
            return "";
        }
        return "; " + work + "by process 0 alone"
                + (byTheFirst() == 1 ? "" : ", on one of " + processes.here() + " parts of the cores");
    }
}
