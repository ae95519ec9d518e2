package io.uad.plugin.clustering.pic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.clustering.ClusteringAlgorithm;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PicTest {
    private static final OptionalDouble AUTO = OptionalDouble.empty();

    private final List<String> notices = new ArrayList<>();

    @Test
    void groupsFarApartAreNeverMixed() {
        var found = cluster(groups(60, 3, 100), 5, AUTO, OptionalInt.empty());
        for (var cluster = 0; cluster < found.clusterCount(); cluster++) {
            var group = -1;
            for (var row = 0; row < 60; row++) {
                if (found.labels()[row] == cluster) {
                    assertTrue(group == -1 || group == row % 3, "row " + row);
                    group = row % 3;
                }
            }
        }
        assertTrue(found.clusterCount() >= 3);
        assertEquals(List.of(), notices);
    }

    @Test
    void distancesAreThoseToTheMeansAndTheObjectiveIsTheirSum() {
        var features = groups(40, 2, 10);
        var found = cluster(features, 4, AUTO, OptionalInt.empty());
        var sum = 0.0;
        for (var cluster = 0; cluster < found.clusterCount(); cluster++) {
            for (var j = 0; j < 2; j++) {
                var mean = 0.0;
                for (var row = 0; row < 40; row++) {
                    mean += found.labels()[row] == cluster ? features.get(row, j) : 0;
                }
                assertEquals(mean / found.sizes()[cluster], found.centroids().get(cluster, j), 1e-5);
            }
        }
        for (var row = 0; row < 40; row++) {
            var squared = 0.0;
            for (var j = 0; j < 2; j++) {
                var difference = features.get(row, j) - found.centroids().get(found.labels()[row], j);
                squared += difference * difference;
            }
            assertEquals(squared, found.squaredDistances()[row], 1e-4);
            sum += squared;
        }
        assertEquals(sum, found.objective(), 1e-3);
    }

    @Test
    void equalArgumentsGiveTheSameLabelsWhateverTheSeed() {
        var features = groups(80, 4, 3);
        var first = cluster(features, 5, AUTO, OptionalInt.empty());
        var again = pic(5, AUTO, OptionalInt.empty())
                .cluster(features, StageContext.quiet(new JavaLinearAlgebra(), new Seed(99)));
        assertArrayEquals(first.labels(), again.labels());
        assertArrayEquals(first.squaredDistances(), again.squaredDistances());
    }

    @Test
    void theOrderOfTheRowsDoesNotMatterWhereNothingTies() {
        var features = groups(80, 4, 3);
        var reversed = FeatureMatrix.allocate(80, 2);
        for (var row = 0; row < 80; row++) {
            reversed.write(row, 1, features.row(79 - row));
        }
        var found = cluster(features, 5, AUTO, OptionalInt.empty());
        var turned = cluster(reversed, 5, AUTO, OptionalInt.empty());
        for (var row = 0; row < 80; row++) {
            for (var other = 0; other < 80; other++) {
                assertEquals(
                        found.labels()[row] == found.labels()[other],
                        turned.labels()[79 - row] == turned.labels()[79 - other]);
            }
        }
    }

    @Test
    void automaticallyTheScaleOfTheFeaturesDoesNotMatter() {
        var features = groups(80, 4, 3);
        var large = FeatureMatrix.allocate(80, 2);
        for (var row = 0; row < 80; row++) {
            large.write(row, 1, new float[] {1024 * features.get(row, 0), 1024 * features.get(row, 1)});
        }
        assertArrayEquals(
                cluster(features, 5, AUTO, OptionalInt.empty()).labels(),
                cluster(large, 5, AUTO, OptionalInt.empty()).labels());
    }

    @Test
    void squaredSigmaIsTheMedianDistanceToTheLastNeighbour() {
        assertEquals(4, NeighbourGraph.automaticSquaredSigma(ofDistances(1, 9, 0, 4, 3, 1)));
        assertEquals(3, NeighbourGraph.automaticSquaredSigma(ofDistances(1, 2, 1, 4)));
        // Three of four rows have two duplicates: the fourth decides.
        assertEquals(5, NeighbourGraph.automaticSquaredSigma(ofDistances(0, 0, 0, 0, 0, 0, 1, 5)));
        assertEquals(0, NeighbourGraph.automaticSquaredSigma(ofDistances(0, 0)));
    }

    @Test
    void weightsOfNeighboursOfEachOtherAddUp() {
        // 0 and 1 list each other, 2 lists 1: W has 2 w(1) between 0 and 1, w(3) between 1 and 2.
        var graph =
                NeighbourGraph.of(new Neighbours(1, new int[] {1, 0, 1}, new float[] {1, 1, 3}), OptionalDouble.of(1));
        var near = 2 * Math.exp(-1);
        var far = Math.exp(-3);
        var v = new double[] {2, 5, 7};
        assertEquals(near * 5, graph.product(0, v), 1e-12);
        assertEquals(near * 2 + far * 7, graph.product(1, v), 1e-12);
        assertEquals(far * 5, graph.product(2, v), 1e-12);
        // Seen from 0: near (5 - 2); from 1: far (7 - 5); nothing is above 7.
        assertArrayEquals(new int[] {1, 2, 2}, graph.pointers(v));
    }

    @Test
    void equalGainsGoToTheSmallerRow() {
        var graph =
                NeighbourGraph.of(new Neighbours(2, new int[] {2, 1, 0, 2, 0, 1}, new float[6]), OptionalDouble.of(1));
        assertArrayEquals(new int[] {1, 1, 2}, graph.pointers(new double[] {1, 2, 2}));
    }

    @Test
    void oneStepOfThePowerIterationByHand() {
        var graph =
                NeighbourGraph.of(new Neighbours(1, new int[] {1, 0, 1}, new float[] {0, 0, 0}), OptionalDouble.of(1));
        // W 1/3 is 2/3, 1, 1/3; half of it and half of 1/3 are 1/2, 2/3, 1/3, which add up to 3/2.
        assertArrayEquals(
                new double[] {1 / 3.0, 4 / 9.0, 2 / 9.0}, new PowerIteration(0.5, 1).of(graph, Progress.NONE), 1e-12);
    }

    @Test
    void theNumberOfThreadsChangesNoBitOfV() {
        var rows = 10_000; // several blocks
        var seed = new Seed(4);
        var indices = new int[rows * 3];
        var distances = new float[indices.length];
        for (var at = 0; at < indices.length; at++) {
            indices[at] = (at / 3 + 1 + at % 3 * 3000 + seed.integer(at, 3000)) % rows;
            distances[at] = (float) seed.uniform(at);
        }
        var neighbours = new Neighbours(3, indices, distances);
        var alone = inThreads(1, () -> v(neighbours));
        assertArrayEquals(alone, inThreads(4, () -> v(neighbours)));
        assertNotEquals(alone[0], alone[1]);
    }

    private static double[] v(Neighbours neighbours) {
        return new PowerIteration(0.5, 20).of(NeighbourGraph.of(neighbours, AUTO), Progress.NONE);
    }

    @Test
    void anApproximateGraphGivesTheSameClustersOfGroupsFarApartAndSaysItsRecall() {
        var features = groups(600, 12, 100);
        var exact = cluster(features, 5, AUTO, OptionalInt.empty());
        assertEquals(List.of(), notices);
        for (var graph : List.of(PicOptions.Graph.APPROXIMATE, PicOptions.Graph.AUTO)) {
            notices.clear();
            var found = new PicProvider()
                    .create(Options.of(
                            new PicOptions(5, AUTO, 0.001, 200, OptionalInt.empty(), graph, 1, features.rows())))
                    .cluster(
                            features,
                            new StageContext(new JavaLinearAlgebra(), new Seed(1), Progress.NONE, notices::add));
            assertArrayEquals(exact.labels(), found.labels());
            assertEquals(1, notices.size());
            assertTrue(notices.get(0).startsWith("the graph of neighbours has a recall of 1.000"), notices.get(0));
        }
    }

    @Test
    void automaticallyFewImagesAreComparedWithAll() {
        var options = new PicOptions(5, AUTO, 0.001, 200, OptionalInt.empty(), PicOptions.Graph.AUTO, 0.95, 100);
        assertFalse(options.approximate(99));
        assertTrue(options.approximate(100));
        assertFalse(new PicOptions(5, AUTO, 0.001, 200, OptionalInt.empty()).approximate(Integer.MAX_VALUE));
    }

    @Test
    void equalRowsAreOneCluster() {
        for (var sigma : List.of(AUTO, OptionalDouble.of(0.2))) {
            var found = cluster(FeatureMatrix.allocate(30, 3), 5, sigma, OptionalInt.empty());
            assertEquals(1, found.clusterCount());
            assertEquals(0, found.objective());
        }
    }

    @Test
    void duplicatesStayTogether() {
        var features = FeatureMatrix.allocate(40, 1);
        for (var row = 0; row < 40; row++) {
            features.write(row, 1, new float[] {row % 4 * 10});
        }
        for (var sigma : List.of(AUTO, OptionalDouble.of(0.2))) {
            var found = cluster(features, 5, sigma, OptionalInt.empty());
            assertEquals(4, found.clusterCount());
            assertEquals(0, found.objective());
        }
    }

    @Test
    void aSigmaThatIsFarTooNarrowLeavesSingletonsAndSaysSo() {
        var found = cluster(groups(60, 3, 100), 5, OptionalDouble.of(1e-200), OptionalInt.empty());
        assertEquals(60, found.clusterCount());
        assertEquals(1, notices.size());
        assertTrue(
                notices.get(0)
                        .startsWith("warning: 60 of PIC's 60 clusters hold one image only; clustering.sigma 1.0E-200"),
                notices.get(0));
        assertTrue(notices.get(0).endsWith("set it to auto"), notices.get(0));
    }

    @Test
    void surplusClustersJoinTheOneWithTheNearestCentroidAndThatIsSaid() {
        var features = groups(60, 6, 100);
        var all = cluster(features, 5, AUTO, OptionalInt.empty());
        assertTrue(all.clusterCount() >= 6);
        var found = cluster(features, 5, AUTO, OptionalInt.of(2));
        assertEquals(2, found.clusterCount());
        assertEquals(60, Arrays.stream(found.sizes()).sum());
        assertEquals(1, notices.size());
        assertTrue(
                notices.get(0)
                        .startsWith("warning: PIC found " + all.clusterCount()
                                + " clusters, more than clustering.max-clusters 2: the " + (all.clusterCount() - 2)
                                + " smallest"),
                notices.get(0));
    }

    @Test
    void theSmallestClustersJoinAsAWhole() {
        // Clusters at 0 (3 rows), 100 (3 rows), 40 (2 rows, one of them beyond the middle) and 90 (1 row).
        var features = FeatureMatrix.of(new float[] {0, 1, 2, 99, 100, 101, 30, 52, 90}, 1);
        var partition = new Partition(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 3}, new int[] {3, 3, 2, 1});
        var limited = new ClusterLimit(2).applied(partition, features, new JavaLinearAlgebra());
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 0, 0, 1}, limited.labels());
        assertArrayEquals(new int[] {5, 4}, limited.sizes());
        var three = new ClusterLimit(3).applied(partition, features, new JavaLinearAlgebra());
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 1}, three.labels());
    }

    @Test
    void tooFewRowsAreAConfigErrorThatSaysWhatToDo() {
        var error = assertThrows(UadException.class, () -> cluster(groups(5, 1, 1), 5, AUTO, OptionalInt.empty()));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("5 images have no 5 neighbours each"), error.toString());
        assertTrue(error.toString().contains("6 images or more. Lower clustering.neighbours"), error.toString());
        assertEquals(6, pic(5, AUTO, OptionalInt.empty()).minimumRows());
        assertEquals(6, cluster(groups(6, 1, 1), 5, AUTO, OptionalInt.empty()).labels().length);
    }

    @Test
    void aValueThatIsNotFiniteIsADataError() {
        for (var broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            var features = groups(10, 1, 1);
            features.write(7, 1, new float[] {0, broken});
            var error = assertThrows(UadException.class, () -> cluster(features, 5, AUTO, OptionalInt.empty()));
            assertEquals(ErrorKind.DATA, error.kind());
            assertTrue(error.toString().contains("row 7, column 1"), error.toString());
        }
    }

    @Test
    void featuresAreNotChanged() {
        var features = groups(30, 2, 5);
        var before = features.toArray();
        cluster(features, 5, AUTO, OptionalInt.of(1));
        assertArrayEquals(before, features.toArray());
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
        var pic = pic(5, AUTO, OptionalInt.empty());
        assertThrows(CancellationException.class, () -> pic.cluster(groups(10, 1, 1), context));
    }

    private Clustering cluster(FeatureMatrix features, int neighbours, OptionalDouble sigma, OptionalInt most) {
        notices.clear();
        var context = new StageContext(new JavaLinearAlgebra(), new Seed(1), Progress.NONE, notices::add);
        return pic(neighbours, sigma, most).cluster(features, context);
    }

    private static <T> T inThreads(int threads, Supplier<T> work) {
        var pool = new ForkJoinPool(threads);
        try {
            return pool.submit(work::get).join();
        } finally {
            pool.shutdown();
        }
    }

    private static ClusteringAlgorithm pic(int neighbours, OptionalDouble sigma, OptionalInt most) {
        return new PicProvider().create(Options.of(new PicOptions(neighbours, sigma, 0.001, 200, most)));
    }

    /** Row i lies around (i mod groups) x apart, with a normal spread of 1. */
    private static FeatureMatrix groups(int rows, int groups, double apart) {
        var seed = new Seed(9);
        var values = new float[rows * 2];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (i / 2 % groups * apart + seed.gaussian(i));
        }
        return FeatureMatrix.of(values, 2);
    }

    /** Two neighbours each, with these distances. */
    private static Neighbours ofDistances(float... squared) {
        return new Neighbours(2, new int[squared.length], squared);
    }
}
