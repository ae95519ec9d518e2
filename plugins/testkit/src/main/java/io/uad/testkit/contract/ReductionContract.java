package io.uad.testkit.contract;

import static io.uad.testkit.contract.Rows.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Options;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.reduction.Projection;
import io.uad.api.reduction.Reduction;
import io.uad.api.reduction.ReductionProvider;
import java.util.LinkedHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a reduction promises: see {@link Reduction} and {@link Projection}. */
public abstract class ReductionContract extends ProviderContract<ReductionProvider, Reduction> {
    private static final int COLUMNS = 12;
    /** Fitting on more takes longer than a test should. */
    private static final int MOST_ROWS = 2000;

    /** For subclasses. */
    protected ReductionContract() {}

    /**
     * The defaults; if they need more than 12 columns, the defaults with every number that may be {@code auto} left so. The
     * options under test must do with 12 columns.
     */
    @Override
    protected Options options() {
        var defaults = super.options();
        return provider().create(defaults).minimumRows() <= COLUMNS
                ? defaults
                : Options.of(OptionDefaults.automatic(provider().optionsType()));
    }

    private int rows() {
        var minimum = create().minimumRows();
        assumeTrue(minimum <= MOST_ROWS, minimum + " rows are too many for a test: override options()");
        return Math.max(150, minimum);
    }

    private FeatureMatrix sample() {
        return Rows.blobs("reduction", rows(), COLUMNS);
    }

    private static StageContext context(Progress progress) {
        return new StageContext(new JavaLinearAlgebra(), new Seed(7), progress, sentence -> {});
    }

    private Projection fitted(FeatureMatrix sample) {
        return create().fit(sample, context(Progress.NONE));
    }

    /** Projects, and checks everything that holds for each projection. */
    private static FeatureMatrix projected(Projection projection, FeatureMatrix rows) {
        var projected = projection.project(rows);
        assertEquals(rows.rows(), projected.rows(), "rows");
        assertEquals(projection.columns(), projected.columns(), "columns");
        Rows.assertFinite(projected.toArray(), "projected");
        return projected;
    }

    @Test
    final void theNumbersOfRowsAreOneOrMore() {
        var reduction = create();
        assertTrue(reduction.minimumRows() >= 1, "minimumRows is " + reduction.minimumRows());
        assertTrue(reduction.sampleRows() >= 1, "sampleRows is " + reduction.sampleRows());
        assertTrue(reduction.sampleRows() >= reduction.minimumRows(), "the sample is smaller than the minimum");
    }

    @Test
    final void everyRowIsProjectedToAsManyFiniteColumns() {
        var sample = sample();
        try (var projection = fitted(sample)) {
            projected(projection, sample);
            projected(projection, Rows.blobs("others", 7, COLUMNS));
            projected(projection, sample.head(1));
            create().forecast(sample.rows(), sample.columns()).ifPresent(forecast -> {
                assertTrue(projection.columns() <= forecast.columns(), "more columns than forecast");
                assertEquals(
                        projection.state().asMap().keySet(), forecast.state().keySet(), "state and its forecast");
            });
        }
    }

    @Test
    final void equalSeedsGiveEqualProjectionsFromTwoInstances() {
        var sample = sample();
        try (var one = fitted(sample);
                var other = fitted(sample())) {
            assertEquals(one.state(), other.state());
            assertArrayEquals(
                    one.project(sample).toArray(), other.project(sample).toArray());
        }
    }

    @Test
    final void neitherTheSampleNorTheRowsAreChanged() {
        var sample = sample();
        var rows = Rows.blobs("others", 7, COLUMNS);
        var before = rows.toArray();
        try (var projection = fitted(sample)) {
            projection.project(rows);
        }
        assertArrayEquals(sample().toArray(), sample.toArray(), "sample");
        assertArrayEquals(before, rows.toArray(), "rows");
    }

    @Test
    final void aRowIsProjectedAlikeInAnyCompany() {
        var sample = sample();
        try (var projection = fitted(sample)) {
            var together = projected(projection, sample);
            for (var row : new int[] {0, 1, sample.rows() - 1}) {
                var alone = projected(projection, Rows.picked(sample, 1, i -> row));
                for (var j = 0; j < projection.columns(); j++) {
                    var expected = together.get(row, j);
                    assertEquals(expected, alone.get(0, j), 1e-4 * Math.max(1, Math.abs(expected)), "row " + row);
                }
            }
        }
    }

    @Test
    final void aRestoredProjectionGivesTheSameBytes() {
        var sample = sample();
        try (var projection = fitted(sample);
                var restored = create().restore(projection.state(), new JavaLinearAlgebra())) {
            assertEquals(projection.columns(), restored.columns());
            assertEquals(projection.state(), restored.state());
            assertArrayEquals(
                    projection.project(sample).toArray(),
                    restored.project(sample).toArray());
        }
    }

    @Test
    final void aStateThatLacksATensorIsRefused() {
        NamedTensors state;
        try (var projection = fitted(sample())) {
            state = projection.state();
        }
        for (var missing : state.names()) {
            var rest = new LinkedHashMap<>(state.asMap());
            rest.remove(missing);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> create().restore(new NamedTensors(rest), new JavaLinearAlgebra())
                            .close(),
                    "without " + missing);
        }
    }

    @Test
    final void rowsOfAnotherWidthAreRefused() {
        try (var projection = fitted(sample())) {
            for (var columns : new int[] {COLUMNS - 1, COLUMNS + 1}) {
                var rows = Rows.blobs("others", 7, columns);
                assertThrows(IllegalArgumentException.class, () -> projection.project(rows), columns + " columns");
            }
        }
    }

    @Test
    final void tooFewRowsAreAConfigError() {
        var few = create().minimumRows() - 1;
        var sample = FeatureMatrix.of(Rows.normal("few", few * COLUMNS), COLUMNS);
        assertRefused(ErrorKind.CONFIG, () -> fitted(sample).close());
    }

    @Test
    final void valuesThatAreNotFiniteAreADataError() {
        for (var value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            var sample = Rows.spoilt(sample(), value);
            assertRefused(ErrorKind.DATA, () -> fitted(sample).close());
        }
    }

    @Test
    final void rowsWithoutVarianceAreADataErrorOrGiveFiniteColumns() {
        var sample = sample();
        assertFiniteOrRefused(ErrorKind.DATA, Rows.picked(sample, sample.rows(), row -> 0));
    }

    @Test
    final void oneColumnIsAConfigErrorOrGivesFiniteColumns() {
        assertFiniteOrRefused(ErrorKind.CONFIG, Rows.blobs("one", rows(), 1));
    }

    @Test
    final void duplicateRowsAndConstantColumnsGiveFiniteColumns() {
        var sample = Rows.constantColumns(sample());
        try (var projection = fitted(Rows.picked(sample, sample.rows(), row -> row / 2))) {
            projected(projection, sample);
        }
    }

    private void assertFiniteOrRefused(ErrorKind kind, FeatureMatrix sample) {
        try (var projection = fitted(sample)) {
            projected(projection, sample);
        } catch (UadException e) {
            assertEquals(kind, e.kind(), e.toString());
        }
    }

    @Test
    final void progressMayStopTheWork() {
        var calls = new AtomicInteger();
        create().fit(sample(), context((done, total) -> calls.incrementAndGet()))
                .close();
        assumeTrue(calls.get() > 0, "no progress is reported");
        var stopped = context((done, total) -> {
            throw new CancellationException();
        });
        assertThrows(
                CancellationException.class,
                () -> create().fit(sample(), stopped).close());
    }

    @Test
    final void twentyCallsLeaveNothingBehind() throws Exception {
        var reduction = create();
        var rows = Math.max(8000, rows());
        Heap.assertFlat(() -> {
            var sample = Rows.blobs("many", rows, 40);
            try (var projection = reduction.fit(sample, context(Progress.NONE))) {
                projected(projection, sample);
            }
        });
    }
}
