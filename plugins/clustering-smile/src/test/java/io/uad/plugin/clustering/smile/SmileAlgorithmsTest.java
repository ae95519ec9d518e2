package io.uad.plugin.clustering.smile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is particular to one of them. */
class SmileAlgorithmsTest {
    private final List<String> notices = new ArrayList<>();
    private final StageContext context =
            new StageContext(new JavaLinearAlgebra(), new Seed(1), Progress.NONE, notices::add);

    @Test
    void meansThatSplitStopAtTheMostClusters() {
        var features = Points.groups(240, 6);
        assertEquals(
                6,
                SplittingMeans.x(new XMeansOptions(20, 1000))
                        .cluster(features, context)
                        .clusterCount());
        assertEquals(
                6,
                SplittingMeans.g(new GMeansOptions(20, 1000))
                        .cluster(features, context)
                        .clusterCount());
        assertEquals(
                2,
                SplittingMeans.x(new XMeansOptions(2, 1000))
                        .cluster(features, context)
                        .clusterCount());
        assertEquals(
                2,
                SplittingMeans.g(new GMeansOptions(2, 1000))
                        .cluster(features, context)
                        .clusterCount());
    }

    @Test
    void spectralSeparatesARingFromItsMiddle() {
        var seed = new Seed(3);
        var values = new float[400];
        for (var row = 0; row < 200; row++) {
            var radius = row % 2 == 0 ? 0.3 : 3; // neighbours on the ring are about 0.19 apart
            values[2 * row] = (float) (radius * Math.cos(Math.PI * row / 100) + 0.02 * seed.gaussian(2L * row));
            values[2 * row + 1] = (float) (radius * Math.sin(Math.PI * row / 100) + 0.02 * seed.gaussian(2L * row + 1));
        }
        var options = new SpectralOptions(OptionalInt.of(2), OptionalDouble.of(0.3), 1000);
        var found = new Spectral(options).cluster(FeatureMatrix.of(values, 2), context);
        assertTrue(Points.separated(found.labels(), 2));
    }

    @Test
    void affinityIsThatOfTwoRowsByHand() {
        // w = exp(-4 / (2 * 2)) = 1/e, degrees 1 + 1/e: 1 / (1 + 1/e) beside the diagonal's.
        var affinity = Affinity.of(2, new double[] {0, 4, 4, 0}, Math.sqrt(2));
        var degree = 1 + Math.exp(-1);
        assertArrayEquals(
                new double[] {1 / degree, Math.exp(-1) / degree, Math.exp(-1) / degree, 1 / degree},
                affinity.values(),
                1e-15);
        assertEquals(2, Affinity.automaticSigma(new double[] {0, 4, 4, 0}));
        // The first vector is (1, 1) / sqrt(2), the second (1, -1) / sqrt(2), each of either sign: entries of size
        // 1/sqrt(2).
        for (var row : affinity.embedding(2)) {
            assertEquals(Math.sqrt(0.5), Math.abs(row[0]), 1e-12);
            assertEquals(Math.sqrt(0.5), Math.abs(row[1]), 1e-12);
        }
    }

    @Test
    void rowsFarFromAllOthersAreNoise() {
        var values = Points.groups(120, 3).toArray();
        values[3 * 50] = 5000;
        values[3 * 70] = -9000;
        var found = dbscan(5, OptionalDouble.empty(), FeatureMatrix.of(values, 3));
        assertEquals(3, found.clusterCount());
        for (var row : new int[] {50, 70}) {
            assertEquals(Clustering.NOISE, found.labels()[row]);
            assertEquals(0, found.squaredDistances()[row]);
        }
    }

    @Test
    void aRowCountsAmongItsOwnNeighboursAndTheRadiusIsIncluded() {
        // 1 has 0 and 2 within 1, which with itself are 3; they have 2. 5 is alone.
        var features = FeatureMatrix.of(new float[] {0, 1, 2, 5}, 1);
        assertArrayEquals(
                new int[] {0, 0, 0, -1},
                dbscan(3, OptionalDouble.of(1), features).labels());
        assertEquals(List.of(), notices);
        assertArrayEquals(
                new int[] {0, 0, 1, 1, -1, -1, -1, -1, -1},
                dbscan(2, OptionalDouble.of(1), FeatureMatrix.of(new float[] {0, 1, 4, 5, 10, 20, 30, 40, 50}, 1))
                        .labels());
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).startsWith("warning: dbscan takes 5 of 9 images for noise"), notices.get(0));
    }

    @Test
    void nothingButNoiseIsAConfigErrorThatSaysWhatToDo() {
        var error = assertThrows(UadException.class, () -> dbscan(5, OptionalDouble.of(1e-3), Points.groups(60, 3)));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("each of the 60 images is noise"), error.toString());
        assertTrue(error.toString().contains("Raise clustering.radius"), error.toString());
    }

    @Test
    void theKneeIsWhereTheSortedValuesBend() {
        // The line from 0 to 10 is at 0, 2.5, 5, 7.5, 10; the third value lies 3.5 below it, the fourth 2.5.
        assertEquals(1.5, Dbscan.knee(new double[] {5, 0, 1, 10, 1.5}));
        assertEquals(4, Dbscan.knee(new double[] {4, 4, 4}));
        assertEquals(4, Dbscan.knee(new double[] {4}));
    }

    @ParameterizedTest
    @EnumSource
    void linkagesMergeByHand(LinkageRule linkage) {
        // Gaps 2, 3.2, 3.8, 7: single cuts the largest. The others merge 0 and 2, 5.2 and 9, and then, as 16 is
        // farther:
        // complete 9 against 10.8, average 6.1 against 8.9, Ward sqrt(2) 6.1 = 8.6 against sqrt(4 / 3) 8.9 = 10.3.
        assertArrayEquals(new int[] {0, 0, 0, 0, 1}, hierarchical(2, linkage, 0, 2, 5.2f, 9, 16));
    }

    @Test
    void singleLinkageFollowsAChainThatCompleteLinkageCuts() {
        // Eight rows 1 apart, two more after a gap of 1.5.
        var chain = new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8.5f, 9.5f};
        assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1}, hierarchical(2, LinkageRule.SINGLE, chain));
        // Complete: pairs of diameter 1, then fours of diameter 3; the last pair is 5.5 from the second four.
        assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, hierarchical(2, LinkageRule.COMPLETE, chain));
    }

    @Test
    void asManyClustersAsRowsAreEachByItself() {
        assertArrayEquals(new int[] {0, 1, 2, 3}, hierarchical(4, LinkageRule.WARD, 3, 1, 4, 9));
        var options = new SpectralOptions(OptionalInt.of(4), OptionalDouble.of(0.1), 1000);
        var found = new Spectral(options).cluster(FeatureMatrix.of(new float[] {3, 1, 4, 9}, 1), context);
        assertArrayEquals(new int[] {0, 1, 2, 3}, found.labels());
    }

    @Test
    void automaticallyThereIsAClusterForEveryFiftyRows() {
        assertEquals(2, RowCount.clusters(OptionalInt.empty(), FeatureMatrix.allocate(60, 1)));
        assertEquals(4, RowCount.clusters(OptionalInt.empty(), FeatureMatrix.allocate(249, 1)));
        assertEquals(7, RowCount.clusters(OptionalInt.of(7), FeatureMatrix.allocate(249, 1)));
    }

    @Test
    void anInterruptEndsTheWork() {
        Thread.currentThread().interrupt();
        assertThrows(
                CancellationException.class,
                () -> SplittingMeans.x(new XMeansOptions(20, 1000)).cluster(Points.groups(120, 3), context));
        assertTrue(Thread.interrupted());
    }

    @Test
    void whatTheWorkThrowsArrivesAsItIs() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> SmileRun.of(new Seed(1), Progress.NONE, () -> {
                    throw new IllegalArgumentException("as it is");
                }));
        assertTrue(error.toString().endsWith("as it is"), error.toString());
    }

    @Test
    void constantColumnsAreLeftOut() {
        var scaled = ScaledRows.of(FeatureMatrix.of(new float[] {0.1f, 1, 0.1f, 3}, 2));
        assertArrayEquals(new double[] {-1}, scaled.rows()[0], 1e-15);
        assertEquals(
                0,
                ScaledRows.of(FeatureMatrix.of(new float[] {0.1f, 0.1f, 0.1f}, 1))
                        .scale());
    }

    @Test
    void scaledRowsHaveMeanZeroAndMeanSquaredLengthOne() {
        // (-4, -3) and (4, 3), of length 5
        var scaled = ScaledRows.of(FeatureMatrix.of(new float[] {1, 5, 9, 11}, 2));
        assertArrayEquals(new double[] {-0.8, -0.6}, scaled.rows()[0], 1e-15);
        assertArrayEquals(new double[] {0.8, 0.6}, scaled.rows()[1], 1e-15);
        assertEquals(0.2, scaled.scale(), 1e-15);
    }

    private Clustering dbscan(int minPoints, OptionalDouble radius, FeatureMatrix features) {
        return new Dbscan(new DbscanOptions(minPoints, radius, 1000)).cluster(features, context);
    }

    private int[] hierarchical(int k, LinkageRule linkage, float... values) {
        return new Hierarchical(new HierarchicalOptions(OptionalInt.of(k), linkage, 1000))
                .cluster(FeatureMatrix.of(values, 1), context)
                .labels();
    }
}
