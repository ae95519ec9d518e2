package io.uad.runtime.feature;

import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import io.uad.api.engine.StageContext;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Fits the reduction on a sample of rows and projects all rows as they come, so that each sample is forwarded once and
 * memory holds the sample and N reduced rows, never N fused ones.
 */
public final class FeatureReducer {
    private static final int ROWS_PER_BLOCK = 1024;

    private final Reduction reduction;
    private final FeatureMatrix.Storage storage;
    private final StageContext context;

    /**
     * @param storage where the reduced rows lie
     * @param context its seed chooses the sample
     */
    public FeatureReducer(Reduction reduction, FeatureMatrix.Storage storage, StageContext context) {
        this.reduction = reduction;
        this.storage = storage;
        this.context = context;
    }

    /**
     * Reduces the features of samples {@code 0} to {@code sampleCount - 1}.
     *
     * @throws UadException of kind DATA if no sample could be read, and whatever the reduction finds wrong
     */
    public ReducedFeatures reduce(FusedRows source, int sampleCount) {
        var fitCount = Math.min(sampleCount, reduction.sampleRows());
        var fitted = fitCount == sampleCount
                ? IntStream.range(0, sampleCount).toArray()
                : context.seed().derive("fit").choose(fitCount, sampleCount);
        Arrays.sort(fitted);

        try (var projection = fit(source, fitted, sampleCount)) {
            var target = projection.target();
            if (fitCount < sampleCount) {
                source.stream(without(fitted, sampleCount), (samples, rows) -> {
                    target.accept(samples, rows);
                    context.progress().update(target.count, sampleCount);
                });
            }
            return target.result();
        }
    }

    /** A fitted projection, and the place of the reduced rows with those it was fitted on. */
    private record Fitted(Projection projection, Target target) implements AutoCloseable {
        @Override
        public void close() {
            projection.close();
        }
    }

    /** Holds the sample no longer than needed: it is the largest thing here. */
    private Fitted fit(FusedRows source, int[] fitted, int sampleCount) {
        var fitCount = fitted.length;
        var sample = FeatureMatrix.allocate(fitCount, source.columns(), storage);
        var sampleOf = new int[fitCount];
        var kept = new int[1];
        source.stream(fitted, (samples, rows) -> {
            sample.write(kept[0], samples.length, rows);
            System.arraycopy(samples, 0, sampleOf, kept[0], samples.length);
            kept[0] += samples.length;
            context.progress().update(kept[0], sampleCount);
        });
        if (kept[0] == 0) {
            throw UadException.data("no image could be read", "features", "images", "See the files named above");
        }
        var variances = PartVariances.of(sample.head(kept[0]), source.parts());
        var scaling = new PartScaling(source.parts(), source.scales(variances));
        scaling.apply(sample.head(kept[0]));
        // The units shown are images; the reduction's own would make the bar jump.
        var fitting = new StageContext(
                context.algebra(),
                context.seed(),
                (done, total) -> context.progress().update(kept[0], sampleCount),
                context.notice());
        var projection = reduction.fit(sample.head(kept[0]), fitting);
        var done = false;
        try {
            var target = new Target(sampleCount, projection, scaling, PartVariances.shares(variances));
            for (var first = 0; first < kept[0]; first += ROWS_PER_BLOCK) {
                var count = Math.min(ROWS_PER_BLOCK, kept[0] - first);
                var block = new float[count * source.columns()];
                sample.read(first, count, block);
                target.acceptScaled(Arrays.copyOfRange(sampleOf, first, first + count), block);
            }
            done = true;
            return new Fitted(projection, target);
        } finally {
            if (!done) {
                projection.close();
            }
        }
    }

    private static int[] without(int[] sorted, int count) {
        var left = new boolean[count];
        Arrays.fill(left, true);
        for (var index : sorted) {
            left[index] = false;
        }
        return IntStream.range(0, count).filter(index -> left[index]).toArray();
    }

    /** Projects rows and puts each at its sample's place; closes the gaps at the end. */
    private final class Target {
        private final Projection projection;
        private final PartScaling scaling;
        private final double[] varianceShares;
        private final FeatureMatrix rows;
        private final boolean[] present;
        private int count;

        Target(int sampleCount, Projection projection, PartScaling scaling, double[] varianceShares) {
            this.projection = projection;
            this.scaling = scaling;
            this.varianceShares = varianceShares;
            this.rows = FeatureMatrix.allocate(sampleCount, projection.columns(), storage);
            this.present = new boolean[sampleCount];
        }

        void accept(int[] samples, float[] fused) {
            scaling.apply(fused);
            acceptScaled(samples, fused);
        }

        void acceptScaled(int[] samples, float[] fused) {
            var reduced = projection.project(FeatureMatrix.of(fused, fused.length / samples.length));
            for (var i = 0; i < samples.length; i++) {
                rows.write(samples[i], 1, reduced.row(i));
                present[samples[i]] = true;
            }
            count += samples.length;
        }

        ReducedFeatures result() {
            var samples = IntStream.range(0, present.length)
                    .filter(index -> present[index])
                    .toArray();
            if (samples.length < present.length) {
                for (var i = 0; i < samples.length; i++) {
                    rows.write(i, 1, rows.row(samples[i]));
                }
            }
            return new ReducedFeatures(
                    samples, rows.head(samples.length), scaling.state(projection.state()), varianceShares);
        }
    }
}
