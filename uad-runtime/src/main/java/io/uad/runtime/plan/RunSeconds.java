package io.uad.runtime.plan;

import io.uad.api.reduction.ReductionForecast;
import java.util.List;

/** Makes seconds of what was measured. */
final class RunSeconds {
    /** A disk that is written to and synced, and SHA-256 on the way. */
    private static final double DISK_RATE = 250e6;

    private final PreparedRun run;
    private final Measured measured;
    private final Limits limits;
    private final double kept;

    private RunSeconds(PreparedRun run, Measured measured, Limits limits) {
        this.run = run;
        this.measured = measured;
        this.limits = limits;
        this.kept = keptShare(run, measured, limits);
    }

    /** Those of each stage, in the order of an epoch. */
    static List<StageSeconds> of(PreparedRun run, Measured measured, Limits limits) {
        var seconds = new RunSeconds(run, measured, limits);
        return List.of(seconds.features(), seconds.clustering(), seconds.training(), seconds.checkpoint());
    }

    /** The share of the images that stay decoded. */
    static double keptShare(PreparedRun run, Measured measured, Limits limits) {
        var all = (double) measured.decodedBytes() * run.images();
        return all == 0 ? 1 : Math.min(1, Limits.forImages(limits.heap()) / all);
    }

    private StageSeconds features() {
        var images = (double) run.images();
        var fit = run.reduction().map(ReductionForecast::operations).orElse(0.0) / measured.productRate();
        var known = run.reduction().isPresent();
        var projection =
                known ? 2 * images * run.layout().columns() * run.reducedColumns() / measured.productRate() : 0;
        var first = images * together(measured.readSeconds(), measured.forwardSeconds());
        var later = images * together(Math.min(again(), measured.readSeconds()), measured.forwardSeconds());
        return new StageSeconds(
                "features",
                first + fit + projection,
                later + fit + projection,
                known
                        ? "read, forward and project each image; fit the reduction"
                        : "read and forward each image; of the reduction the plugin does not say");
    }

    private StageSeconds clustering() {
        var seconds = run.clustering()
                .map(forecast -> forecast.operations() / measured.distanceRate())
                .orElse(Double.NaN);
        return new StageSeconds(
                "clustering",
                seconds,
                seconds,
                Double.isNaN(seconds)
                        ? "not estimated: the plugin does not say"
                        : "as many operations as the plugin counts");
    }

    private StageSeconds training() {
        var seconds = run.drawn() * together(again(), measured.stepSeconds());
        return new StageSeconds("training", seconds, seconds, "read each image and take its part of a step");
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
        return limits.hasDevice() ? Math.max(read, compute) : read + compute;
    }
}
