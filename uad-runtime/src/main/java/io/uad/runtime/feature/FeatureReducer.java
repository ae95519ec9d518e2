package io.uad.runtime.feature;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.UadException;
import io.uad.api.engine.StageContext;
import io.uad.api.fusion.FusedPart;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.runtime.process.Form;
import io.uad.runtime.process.Processes;
import io.uad.runtime.process.Receiver;
import io.uad.runtime.process.Sender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Fits the reduction on a sample of rows and projects all rows as they come, so that each sample is forwarded once and
 * memory holds the sample and N reduced rows, never N fused ones.
 *
 * <p>Of several processes each forwards its part of the samples; the leader fits, and holds what is reduced.
 */
public final class FeatureReducer {
    private static final int ROWS_PER_BLOCK = 1024;

    private final Reduction reduction;
    private final FeatureMatrix.Storage storage;
    private final StageContext context;
    private final Processes processes;
    private final int batch;

    /**
     * In one process.
     *
     * @param storage where the reduced rows lie
     * @param context its seed chooses the sample
     */
    public FeatureReducer(Reduction reduction, FeatureMatrix.Storage storage, StageContext context) {
        this(reduction, storage, context, Processes.alone(), 1);
    }

    /**
     * In several processes, each with an own reducer.
     *
     * @param batch samples of a batch of the rows' source
     */
    public FeatureReducer(
            Reduction reduction, FeatureMatrix.Storage storage, StageContext context, Processes processes, int batch) {
        this.reduction = reduction;
        this.storage = storage;
        this.context = context;
        this.processes = processes;
        this.batch = batch;
    }

    /** What each of several processes sends at once of a batch of rows, at most. */
    public static long gatheredBytes(int rows, int columns) {
        return SharedRows.bytes(Math.min(rows, SharedRows.rowsAtOnce(columns)), columns);
    }

    /**
     * Reduces the features of samples {@code 0} to {@code sampleCount - 1}.
     *
     * @return all of them; no rows in a process that does not lead
     * @throws UadException of kind DATA if no sample could be read, and whatever the reduction finds wrong
     */
    public ReducedFeatures reduce(FusedRows source, int sampleCount) {
        var fitCount = Math.min(sampleCount, reduction.sampleRows());
        var fitted = fitCount == sampleCount
                ? IntStream.range(0, sampleCount).toArray()
                : context.seed().derive("fit").choose(fitCount, sampleCount);
        Arrays.sort(fitted);

        var shared = new SharedRows(source, processes, batch);
        try (var reducing = fit(shared, fitted, sampleCount)) {
            var reduced = reducing.reduced();
            if (fitCount < sampleCount) {
                shared.stream(without(fitted, sampleCount), reducing.fit()::project, (samples, rows) -> {
                    reduced.put(samples, rows);
                    context.progress().update(reduced.count, sampleCount);
                });
            }
            var samples = reduced.close();
            return new ReducedFeatures(
                    samples,
                    reduced.rows(),
                    reducing.fit().state(),
                    reducing.fit().varianceShares());
        }
    }

    /** What was fitted, and the place of the reduced rows with those it was fitted on. */
    private record Reducing(Fit fit, Gathered reduced) implements AutoCloseable {
        @Override
        public void close() {
            fit.projection().close();
        }
    }

    /** Holds the sample no longer than needed: it is the largest thing here. */
    private Reducing fit(SharedRows shared, int[] fitted, int sampleCount) {
        var source = shared.source();
        var sample = new Gathered(ofLeader(fitted.length), source.columns());
        shared.stream(fitted, rows -> rows, (samples, rows) -> {
            sample.put(
                    Arrays.stream(samples)
                            .map(each -> Arrays.binarySearch(fitted, each))
                            .toArray(),
                    rows);
            context.progress().update(sample.count, sampleCount);
        });
        var places = sample.close();
        var fit = shared(source, () -> fit(source, sample.rows(), sampleCount));
        var done = false;
        try {
            var reduced = new Gathered(ofLeader(sampleCount), fit.projection().columns());
            for (var first = 0; first < places.length; first += ROWS_PER_BLOCK) {
                var count = Math.min(ROWS_PER_BLOCK, places.length - first);
                var block = new float[count * source.columns()];
                sample.rows().read(first, count, block);
                var samples = Arrays.stream(places, first, first + count)
                        .map(place -> fitted[place])
                        .toArray();
                reduced.put(samples, fit.projectScaled(block));
            }
            done = true;
            return new Reducing(fit, reduced);
        } finally {
            if (!done) {
                fit.projection().close();
            }
        }
    }

    /** The leader's fit in every process; closed if the others cannot be told of it. */
    private Fit shared(FusedRows source, Supplier<Fit> fitting) {
        var made = new ArrayList<Fit>(1);
        var done = false;
        try {
            var fit = processes.byLeader(
                    () -> {
                        made.add(fitting.get());
                        return made.get(0);
                    },
                    new FitForm(source.parts()));
            done = true;
            return fit;
        } finally {
            if (!done) {
                made.forEach(fit -> fit.projection().close());
            }
        }
    }

    private int ofLeader(int rows) {
        return processes.leads() ? rows : 0;
    }

    /** @param sample scaled in place */
    private Fit fit(FusedRows source, FeatureMatrix sample, int sampleCount) {
        if (sample.rows() == 0) {
            throw UadException.data("no image could be read", "features", "images", "See the files named above");
        }
        var variances = PartVariances.of(sample, source.parts());
        var scaling = new PartScaling(source.parts(), source.scales(variances));
        scaling.apply(sample);
        // The units shown are images; the reduction's own would make the bar jump.
        var fitting = new StageContext(
                context.algebra(),
                context.seed(),
                (done, total) -> context.progress().update(sample.rows(), sampleCount),
                context.notice());
        return new Fit(reduction.fit(sample, fitting), scaling, PartVariances.shares(variances));
    }

    private static int[] without(int[] sorted, int count) {
        var left = new boolean[count];
        Arrays.fill(left, true);
        for (var index : sorted) {
            left[index] = false;
        }
        return IntStream.range(0, count).filter(index -> left[index]).toArray();
    }

    /** What turns fused rows into reduced ones. */
    private record Fit(Projection projection, PartScaling scaling, double[] varianceShares) {
        /** @param fused scaled in place */
        float[] project(float[] fused) {
            scaling.apply(fused);
            return projectScaled(fused);
        }

        float[] projectScaled(float[] rows) {
            return projection.project(FeatureMatrix.of(rows, scaling.columns())).toArray();
        }

        NamedTensors state() {
            return scaling.state(projection.state());
        }
    }

    /** Others restore the projection that the leader has fitted. */
    private final class FitForm implements Form<Fit> {
        private final List<FusedPart> parts;

        FitForm(List<FusedPart> parts) {
            this.parts = parts;
        }

        @Override
        public void write(Fit fit, Sender out) {
            out.tensors(fit.state());
        }

        @Override
        public Fit read(Receiver in) {
            var state = in.tensors();
            var scaling = PartScaling.restore(parts, state); // before what has to be closed
            return new Fit(
                    reduction.restore(PartScaling.reduction(state), context.algebra()),
                    scaling,
                    new double[parts.size()]);
        }
    }

    /** Rows that come in any order, each with its place; the gaps are closed at the end. */
    private final class Gathered {
        private final boolean[] present;
        private FeatureMatrix rows;
        private int count;

        Gathered(int places, int columns) {
            this.present = new boolean[places];
            this.rows = FeatureMatrix.allocate(places, columns, storage);
        }

        /** @param places of these rows */
        void put(int[] places, float[] values) {
            var columns = rows.columns();
            for (var i = 0; i < places.length; i++) {
                rows.write(places[i], 1, Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
                present[places[i]] = true;
            }
            count += places.length;
        }

        /** Moves the rows together; returns the place of each. */
        int[] close() {
            var taken = IntStream.range(0, present.length)
                    .filter(place -> present[place])
                    .toArray();
            if (taken.length < present.length) {
                for (var i = 0; i < taken.length; i++) {
                    rows.write(i, 1, rows.row(taken[i]));
                }
            }
            rows = rows.head(taken.length);
            return taken;
        }

        FeatureMatrix rows() {
            return rows;
        }
    }
}
