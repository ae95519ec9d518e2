package io.uad.testkit.contract;

import static io.uad.testkit.contract.Rows.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a clustering promises: see {@link ClusteringAlgorithm} and {@link Clustering}. */
public abstract class ClusteringContract extends ProviderContract<ClusteringProvider, ClusteringAlgorithm> {
    private static final int COLUMNS = 5;
    /** Clustering more takes longer than a test should. */
    private static final int MOST_ROWS = 2000;

    /** For subclasses. */
    protected ClusteringContract() {}

    /** The defaults; if they need more than 2,000 rows, every number that may be {@code auto} is. */
    @Override
    protected Options options() {
        var defaults = super.options();
        return provider().create(defaults).minimumRows() <= MOST_ROWS
                ? defaults
                : Options.of(OptionDefaults.automatic(provider().optionsType()));
    }

    /** Rows enough for the options under test, 120 or more. */
    private int rows() {
        var minimum = create().minimumRows();
        assumeTrue(minimum <= MOST_ROWS, minimum + " rows are too many for a test: override options()");
        return Math.max(120, minimum);
    }

    private FeatureMatrix features() {
        return Rows.blobs("clustering", rows(), COLUMNS);
    }

    private static StageContext context() {
        return StageContext.quiet(new JavaLinearAlgebra(), new Seed(7));
    }

    /** Clusters, and checks everything that holds for each clustering. */
    private Clustering clustered(FeatureMatrix features) {
        var clustering = create().cluster(features, context());
        assertEquals(features.rows(), clustering.labels().length, "labels");
        assertEquals(features.rows(), clustering.squaredDistances().length, "distances");
        assertEquals(features.columns(), clustering.centroids().columns(), "columns of the centroids");
        Rows.assertFinite(clustering.centroids().toArray(), "centroids");
        Rows.assertFinite(clustering.squaredDistances(), "squaredDistances");
        for (var row = 0; row < features.rows(); row++) {
            var label = clustering.labels()[row];
            assertTrue(
                    label >= Clustering.NOISE && label < clustering.clusterCount(),
                    "row " + row + " has label " + label + " of " + clustering.clusterCount());
            assertTrue(clustering.squaredDistances()[row] >= 0, "distance of row " + row + " is negative");
        }
        create().forecast(features.rows(), features.columns())
                .ifPresent(forecast ->
                        assertTrue(clustering.clusterCount() <= forecast.clusters(), "more clusters than forecast"));
        return clustering;
    }

    @Test
    final void everyRowGetsALabelAndADistance() {
        clustered(features());
    }

    @Test
    final void labelsLieBetweenNoiseAndTheClusterCount() {
        var clustering = create().cluster(features(), context());
        for (var label : clustering.labels()) {
            assertTrue(label >= Clustering.NOISE && label < clustering.clusterCount(), "label " + label);
        }
    }

    @Test
    final void distancesAreThoseToTheOwnCentroidAndZeroForNoise() {
        var features = features();
        var clustering = clustered(features);
        for (var row = 0; row < features.rows(); row++) {
            var label = clustering.labels()[row];
            var expected = 0.0;
            var size = 0.0;
            for (var j = 0; j < COLUMNS && label != Clustering.NOISE; j++) {
                var value = (double) features.get(row, j);
                expected += Math.pow(value - clustering.centroids().get(label, j), 2);
                size += value * value;
            }
            // |x|^2 - 2xc + |c|^2 in float32 loses about 1e-7 of the row's square.
            assertEquals(expected, clustering.squaredDistances()[row], 1e-5 * size + 1e-4 * expected, "row " + row);
        }
    }

    @Test
    final void theObjectiveIsFiniteAndNotNegative() {
        var objective = clustered(features()).objective();
        assertTrue(objective >= 0 && Double.isFinite(objective), "objective is " + objective);
    }

    @Test
    final void equalSeedsGiveEqualClusteringsFromTwoInstances() {
        var features = features();
        assertSameClustering(clustered(features), clustered(features));
    }

    @Test
    final void nothingIsKeptFromOneCallToTheNext() {
        var features = features();
        var algorithm = create();
        var first = algorithm.cluster(features, context());
        algorithm.cluster(Rows.blobs("others", rows() + 3, COLUMNS + 1), context());
        assertSameClustering(first, algorithm.cluster(features, context()));
    }

    private static void assertSameClustering(Clustering expected, Clustering found) {
        assertArrayEquals(expected.labels(), found.labels(), "labels");
        assertArrayEquals(expected.squaredDistances(), found.squaredDistances(), "distances");
        assertArrayEquals(expected.centroids().toArray(), found.centroids().toArray(), "centroids");
        assertEquals(expected.objective(), found.objective(), "objective");
    }

    @Test
    final void theFeaturesAreNotChanged() {
        var features = features();
        var before = features.toArray();
        create().cluster(features, context());
        assertArrayEquals(before, features.toArray());
    }

    @Test
    final void permutedRowsAreClusteredToo() {
        var features = features();
        var order = new Seed(3).choose(features.rows(), features.rows());
        clustered(Rows.picked(features, features.rows(), row -> order[row]));
    }

    @Test
    final void duplicateRowsAreClustered() {
        var features = features();
        clustered(Rows.picked(features, features.rows(), row -> row % 3));
        clustered(Rows.picked(features, features.rows(), row -> 0));
    }

    @Test
    final void oneColumnIsClustered() {
        clustered(Rows.blobs("one", rows(), 1));
    }

    @Test
    final void constantColumnsAreClustered() {
        clustered(Rows.constantColumns(features()));
    }

    @Test
    final void tooFewRowsAreAConfigError() {
        var algorithm = create();
        var few = algorithm.minimumRows() - 1;
        assumeTrue(few >= 0, "no rows are enough");
        var features = FeatureMatrix.of(Rows.normal("few", few * COLUMNS), COLUMNS);
        assertRefused(ErrorKind.CONFIG, () -> algorithm.cluster(features, context()));
    }

    @Test
    final void valuesThatAreNotFiniteAreADataError() {
        for (var value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            var features = Rows.spoilt(features(), value);
            assertRefused(ErrorKind.DATA, () -> create().cluster(features, context()));
        }
    }

    @Test
    final void progressStaysWithinItsTotalAndMayStopTheWork() {
        var calls = new AtomicInteger();
        create().cluster(features(), watched((done, total) -> {
            calls.incrementAndGet();
            assertTrue(done >= 0 && (total <= 0 || done <= total), done + " of " + total);
        }));
        assumeTrue(calls.get() > 0, "no progress is reported");
        var stopped = watched((done, total) -> {
            throw new CancellationException();
        });
        assertThrows(CancellationException.class, () -> create().cluster(features(), stopped));
    }

    private static StageContext watched(Progress progress) {
        return new StageContext(new JavaLinearAlgebra(), new Seed(7), progress, sentence -> {});
    }

    @Test
    final void twentyCallsLeaveNothingBehind() throws Exception {
        var algorithm = create();
        var rows = rows();
        var columns = Math.max(1, 320_000 / rows);
        Heap.assertFlat(() -> algorithm.cluster(Rows.blobs("many", rows, columns), context()));
    }
}
