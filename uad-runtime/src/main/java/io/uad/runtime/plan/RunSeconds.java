package io.uad.runtime.plan;

import io.uad.api.reduction.ReductionForecast;
import io.uad.runtime.process.Topology;
import java.util.List;

/**
 * Makes seconds of what was measured.
 *
 * <p>Processes of one machine share its cores, see {@link CoreShare}; devices and machines divide the work.
 */
final class RunSeconds {
    /** A disk that is written to and synced, and SHA-256 on the way. */
    private static final double DISK_RATE = 250e6;

    private final PreparedRun run;
    private final Measured measured;
    private final Limits limits;
    private final double kept;
    private final Topology processes;
    private final CoreShare computing;
    private final CoreShare reading;

    private RunSeconds(PreparedRun run, Measured measured, Limits limits) {
        this.run = run;
        this.measured = measured;
        this.limits = limits;
        this.kept = keptShare(run, measured, limits);
        this.processes = run.processes();
        this.computing = computing(run, measured);
        this.reading = reading(run, measured);
    }

    private static CoreShare computing(PreparedRun run, Measured measured) {
        return new CoreShare(measured.cores(), run.processes().here(), run.chosenThreads());
    }

    private static CoreShare reading(PreparedRun run, Measured measured) {
        return new CoreShare(
                measured.cores(), run.processes().here(), run.config().image().workers());
    }

    /** Those of each stage, in the order of an epoch. */
    static List<StageSeconds> of(PreparedRun run, Measured measured, Limits limits) {
        var seconds = new RunSeconds(run, measured, limits);
        return List.of(seconds.features(), seconds.clustering(), seconds.training(), seconds.checkpoint());
    }

    /** The share of the images that stay decoded, on average over the processes. */
    static double keptShare(PreparedRun run, Measured measured, Limits limits) {
        var all = (double) run.decodedBytes(measured);
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
                * reading(run, measured).ofAll()
                * ((double) run.images() + run.drawn())
                / run.processes().machines();
    }

    private StageSeconds features() {
        var images = run.images();
        var share = (double) processes.mostDealt(images, run.config().training().batch()) / images;
        var fit =
                run.reduction().map(ReductionForecast::operations).orElse(0.0) * byTheFirst() / measured.productRate();
        var known = run.reduction().isPresent();
        var projected = run.fittedRows() * byTheFirst() + (images - run.fittedRows()) * byAll(share);
        var projection =
                known ? 2 * projected * run.layout().columns() * run.reducedColumns() / measured.productRate() : 0;
        var first = images * together(measured.readSeconds(), measured.forwardSeconds(), share);
        var later = images * together(Math.min(again(), measured.readSeconds()), measured.forwardSeconds(), share);
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
        var seconds = run.drawn() * together(again(), measured.stepSeconds(), 1.0 / processes.size());
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

    /**
     * Readers and the engine share the cores, unless the engine has a device of its own.
     *
     * @param share of the images that falls to a machine or device at most
     */
    private double together(double read, double compute, double share) {
        var reads = read * (processes.here() == 1 ? share : reading.ofAll());
        var computes = compute * byAll(share);
        return limits.hasDevice() ? Math.max(reads, computes) : reads + computes;
    }

    /** How many times as long as one process all take for what they compute together. */
    private double byAll(double share) {
        return limits.hasDevice() || processes.here() == 1 ? share : computing.ofAll();
    }

    /** The same of process 0 for what it does alone. */
    private double byTheFirst() {
        return limits.hasDevice() ? 1 : computing.ofOne();
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
        if (limits.hasDevice()) {
            return "; divided by " + size + " devices, while the processes share the cores to read images";
        }
        return computing.ofAll() == 1 && reading.ofAll() == 1
                ? "; " + size + " processes share the cores and take what one would"
                : "; divided by " + size + " processes as far as the cores and their threads allow";
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
