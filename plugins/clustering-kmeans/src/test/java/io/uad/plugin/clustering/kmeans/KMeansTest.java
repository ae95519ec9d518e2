package io.uad.plugin.clustering.kmeans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.StageContext;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KMeansTest {
    @Test
    void equalSeedsClusterEquallyAndOthersDoNot() {
        var features = blobs(300);
        var first = cluster(features, 7, 31);
        var again = cluster(features, 7, 31);
        assertArrayEquals(first.labels(), again.labels());
        assertArrayEquals(first.squaredDistances(), again.squaredDistances());
        assertFalse(Arrays.equals(first.labels(), cluster(features, 7, 32).labels()));
    }

    @Test
    void theForecastNamesTheClustersAndCountsTheDistances() {
        var automatic = new KMeans(OptionalInt.empty(), 20).forecast(500, 2).orElseThrow();
        assertEquals(10, automatic.clusters());
        var asked = new KMeans(OptionalInt.of(7), 20).forecast(500, 2).orElseThrow();
        assertEquals(7, asked.clusters());
        assertTrue(asked.operations() >= 2.0 * 500 * 7 * 2 * 21);
        assertEquals(4 * (500 + 7) * 2, asked.deviceBytes());
    }

    @Test
    void featuresAreNotChanged() {
        var features = blobs(50);
        var before = features.toArray();
        cluster(features, 5, 1);
        assertArrayEquals(before, features.toArray());
    }

    @Test
    void labelsAndDistancesAreThoseOfTheReturnedCentroids() {
        var features = blobs(200);
        var found = cluster(features, 6, 3);
        for (var row = 0; row < 200; row++) {
            var best = Double.POSITIVE_INFINITY;
            for (var c = 0; c < 6; c++) {
                var sum = 0.0;
                for (var j = 0; j < 2; j++) {
                    var difference =
                            (double) features.get(row, j) - found.centroids().get(c, j);
                    sum += difference * difference;
                }
                best = Math.min(best, sum);
            }
            assertEquals(best, found.squaredDistances()[row], 1e-6);
        }
    }

    @Test
    void asManyClustersAsRowsFitsExactly() {
        var found = cluster(blobs(20), 20, 1);
        assertEquals(0, found.objective(), 1e-9);
        assertEquals(20, Arrays.stream(found.labels()).distinct().count());
    }

    @Test
    void duplicateRowsAndOneColumnAreFine() {
        var found = cluster(FeatureMatrix.of(new float[] {1, 1, 1, 1, 1, 1}, 1), 3, 1);
        assertTrue(Arrays.stream(found.labels()).allMatch(label -> label >= 0 && label < 3));
        assertTrue(Float.isFinite(found.squaredDistances()[0]));
    }

    @Test
    void moreClustersThanRowsIsAConfigErrorWithBothNumbers() {
        var error = assertThrows(UadException.class, () -> cluster(blobs(10), 11, 1));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("11 clusters for 10 images"), error.toString());
        assertTrue(error.toString().contains("1 to 10, or auto. Lower clustering.k (--k)"), error.toString());
    }

    @Test
    void automaticallyThereIsAClusterForEveryFiftyRowsBetweenTwoAndTenThousand() {
        assertEquals(1, KMeans.automatic(1));
        assertEquals(2, KMeans.automatic(2));
        assertEquals(2, KMeans.automatic(149));
        assertEquals(3, KMeans.automatic(150));
        assertEquals(10_000, KMeans.automatic(1_281_167));
        assertEquals(6, cluster(blobs(300), OptionalInt.empty(), 1).clusterCount());
        assertEquals(1, new KMeans(OptionalInt.empty(), 20).minimumRows());
        assertEquals(7, new KMeans(OptionalInt.of(7), 20).minimumRows());
    }

    @Test
    void noRowsAtAllAreAConfigErrorAlsoAutomatically() {
        var error =
                assertThrows(UadException.class, () -> cluster(FeatureMatrix.allocate(0, 2), OptionalInt.empty(), 1));
        assertTrue(error.toString().contains("1 image or more"), error.toString());
    }

    @Test
    void aValueThatIsNotFiniteIsADataErrorWithItsRow() {
        var values = blobs(10).toArray();
        values[7] = Float.NaN;
        var error = assertThrows(UadException.class, () -> cluster(FeatureMatrix.of(values, 2), 2, 1));
        assertEquals(ErrorKind.DATA, error.kind());
        assertTrue(error.toString().contains("row 3, column 1"), error.toString());
    }

    @Test
    void aBrokenValueIsFoundInLaterBlocksToo() {
        var features = FeatureMatrix.allocate(3, 1 << 20); // a block holds one row
        var row = new float[1 << 20];
        row[5] = Float.POSITIVE_INFINITY;
        features.write(2, 1, row);
        var error = assertThrows(UadException.class, () -> cluster(features, 2, 1));
        assertTrue(error.toString().contains("row 2, column 5 is Infinity"), error.toString());
    }

    @Test
    void aCancelledProgressEndsTheIterations() {
        var context = new StageContext(
                new JavaLinearAlgebra(),
                new Seed(1),
                (done, total) -> {
                    throw new CancellationException("stop");
                },
                sentence -> {});
        var kmeans = new KMeans(OptionalInt.of(2), 20);
        assertThrows(CancellationException.class, () -> kmeans.cluster(blobs(10), context));
    }

    @Test
    void theOrderOfTheRowsDoesNotMatterToGivenCentroids() {
        var features = blobs(100);
        var reversed = FeatureMatrix.allocate(100, 2);
        for (var row = 0; row < 100; row++) {
            reversed.write(row, 1, features.row(99 - row));
        }
        var initial = FeatureMatrix.of(new float[] {0, 0, 6, 6, 12, 12}, 2);
        var found = lloyd(features, initial, 5);
        var turned = lloyd(reversed, initial, 5);
        for (var row = 0; row < 100; row++) {
            assertEquals(found.labels()[row], turned.labels()[99 - row]);
        }
    }

    @Test
    void oneClusterIsTheMean() {
        var found = cluster(FeatureMatrix.of(new float[] {1, 2, 6}, 1), 1, 1);
        assertArrayEquals(new float[] {3}, found.centroids().toArray());
        assertArrayEquals(new float[] {4, 1, 9}, found.squaredDistances());
        assertEquals(14, found.objective()); // the mean is there after the first of 20 iterations
    }

    @Test
    void constantColumnsStayConstant() {
        var features = blobs(60);
        var wide = FeatureMatrix.allocate(60, 3);
        for (var row = 0; row < 60; row++) {
            wide.write(row, 1, new float[] {features.get(row, 0), 7, features.get(row, 1)});
        }
        var found = cluster(wide, 4, 1);
        for (var c = 0; c < 4; c++) {
            assertEquals(7, found.centroids().get(c, 1), 1e-6);
        }
    }

    @Test
    void noClusterIsEmptyWhereRowsDiffer() {
        var far = FeatureMatrix.of(new float[] {0, 0.1f, 0.2f, 100, 100.1f, 100.2f}, 1);
        var initial = FeatureMatrix.of(new float[] {0, 1000, 2000}, 1); // the last two attract nothing at first
        for (var size : lloyd(far, initial, 20).sizes()) {
            assertTrue(size > 0);
        }
    }

    @Test
    void aDonorIsChosenInProportionToItsSizeLessOneAndNeverASingleton() {
        var donor = new RandomDonor(new Seed(3));
        var chosen = new int[4];
        donor.begin(0);
        for (var i = 0; i < 4000; i++) {
            chosen[donor.choose(new double[] {1, 2, 0, 4}, 7)]++;
        }
        assertEquals(0, chosen[0] + chosen[2]);
        assertEquals(1000, chosen[1], 110); // (2 - 1) of (2 - 1) + (4 - 1); four standard deviations of 27
        assertEquals(-1, donor.choose(new double[] {1, 1, 0}, 2), "nothing to split");
    }

    @Test
    void choicesOfAnIterationDoNotDependOnTheOnesBefore() {
        var sizes = new double[] {9, 8, 7, 6, 5, 4, 3, 2};
        var first = new RandomDonor(new Seed(3));
        first.begin(1);
        first.choose(sizes, 44);
        first.begin(2);
        var second = new RandomDonor(new Seed(3));
        second.begin(2);
        for (var i = 0; i < 10; i++) {
            assertEquals(second.choose(sizes, 44), first.choose(sizes, 44));
        }
    }

    @Test
    void infinityIsADataErrorToo() {
        var values = blobs(10).toArray();
        values[0] = Float.POSITIVE_INFINITY;
        var error = assertThrows(UadException.class, () -> cluster(FeatureMatrix.of(values, 2), 2, 1));
        assertTrue(error.toString().contains("row 0, column 0 is Infinity"), error.toString());
    }

    @Test
    void theMinimumOfRowsIsK() {
        var kmeans = new KMeansProvider().create(Options.of(new KMeansOptions(OptionalInt.of(7), 20)));
        assertEquals(7, kmeans.minimumRows());
    }

    /** Far apart, so that nothing moves after a few iterations; the rest would find the same. */
    @Test
    void iterationsEndWhenNothingMovesAndNothingChangesByThat() {
        var features = blobs(100);
        var initial = FeatureMatrix.of(new float[] {0, 0, 6, 6, 12, 12}, 2);
        var needed = 0; // iterations until the labels stay
        while (!Arrays.equals(
                lloyd(features, initial, needed + 1).labels(),
                lloyd(features, initial, needed + 2).labels())) {
            needed++;
        }
        var searches = new AtomicInteger();
        var long200 = new KMeans(OptionalInt.of(3), 200)
                .lloyd(features, initial, new RandomDonor(new Seed(1)), counting(searches));
        var enough = lloyd(features, initial, needed + 3);
        assertArrayEquals(enough.labels(), long200.labels());
        assertArrayEquals(enough.squaredDistances(), long200.squaredDistances());
        assertArrayEquals(enough.centroids().toArray(), long200.centroids().toArray());
        assertEquals(enough.objective(), long200.objective());
        assertTrue(searches.get() < 30, searches + " searches");
    }

    @Test
    void aShareOfMovesEndsTheIterationsEarlier() {
        var searches = new AtomicInteger();
        new KMeans(new KMeansOptions(OptionalInt.of(10), 50, 1, 0, 0.1)).cluster(blobs(200), counting(searches));
        assertEquals(2, searches.get(), "any number of moves is little enough once it is known");
    }

    @Test
    void firstIterationsOnASampleFindAlmostAsGoodClusters() {
        var features = blobs(2000);
        var searches = new AtomicInteger();
        var coarse =
                new KMeans(new KMeansOptions(OptionalInt.of(10), 20, 0, 10, 0.2)).cluster(features, counting(searches));
        var whole = cluster(features, 10, 1);
        assertTrue(coarse.objective() < 1.2 * whole.objective(), coarse.objective() + " for " + whole.objective());
        assertTrue(coarse.objective() != whole.objective(), "half of the iterations saw less");
        assertEquals(2000, coarse.labels().length);
    }

    @Test
    void coarseIterationsMustLeaveSome() {
        assertThrows(IllegalArgumentException.class, () -> new KMeansOptions(OptionalInt.of(2), 20, 0, 20, 0.1));
    }

    /** Plain Java that counts how often nearest centroids are asked for. */
    private static StageContext counting(AtomicInteger searches) {
        var java = new JavaLinearAlgebra();
        var counting = (LinearAlgebra) Proxy.newProxyInstance(
                KMeansTest.class.getClassLoader(), new Class<?>[] {LinearAlgebra.class}, (proxy, method, arguments) -> {
                    searches.addAndGet(method.getName().equals("nearest") ? 1 : 0);
                    return method.invoke(java, arguments);
                });
        return StageContext.quiet(counting, new Seed(1));
    }

    private static Clustering lloyd(FeatureMatrix features, FeatureMatrix initial, int iterations) {
        return new KMeans(OptionalInt.of(initial.rows()), iterations)
                .lloyd(
                        features,
                        initial,
                        new RandomDonor(new Seed(1)),
                        StageContext.quiet(new JavaLinearAlgebra(), new Seed(1)));
    }

    private static Clustering cluster(FeatureMatrix features, int k, long seed) {
        return cluster(features, OptionalInt.of(k), seed);
    }

    private static Clustering cluster(FeatureMatrix features, OptionalInt k, long seed) {
        return new KMeansProvider()
                .create(Options.of(new KMeansOptions(k, 20)))
                .cluster(features, StageContext.quiet(new JavaLinearAlgebra(), new Seed(seed)));
    }

    private static FeatureMatrix blobs(int rows) {
        var seed = new Seed(9);
        var values = new float[rows * 2];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (i / 2 % 5 * 3 + seed.gaussian(i));
        }
        return FeatureMatrix.of(values, 2);
    }
}
