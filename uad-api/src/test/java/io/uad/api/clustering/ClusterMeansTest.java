package io.uad.api.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.FeatureMatrix;
import org.junit.jupiter.api.Test;

class ClusterMeansTest {
    private static final FeatureMatrix FEATURES = FeatureMatrix.of(new float[] {1, 10, 3, 30, 7, 7, 100, 100}, 2);
    private static final int[] LABELS = {2, 2, 0, Clustering.NOISE};

    @Test
    void meansLeaveOutTheNoiseAndEmptyClustersKeepTheirRow() {
        var otherwise = FeatureMatrix.of(new float[] {0, 0, 5, 6, 0, 0}, 2);
        assertArrayEquals(
                new float[] {7, 7, 5, 6, 2, 20},
                ClusterMeans.of(FEATURES, LABELS, otherwise).toArray());
        assertArrayEquals(new float[] {0, 0, 5, 6, 0, 0}, otherwise.toArray());
    }

    @Test
    void aClusteringOfLabelsHasTheMeansTheirDistancesAndTheSum() {
        var clustering = ClusterMeans.clustering(FEATURES, LABELS, 3);
        assertArrayEquals(
                new float[] {7, 7, 0, 0, 2, 20}, clustering.centroids().toArray());
        assertArrayEquals(new float[] {101, 101, 0, 0}, clustering.squaredDistances());
        assertEquals(202, clustering.objective());
        assertArrayEquals(new int[] {1, 0, 2}, clustering.sizes());
    }

    /** In float32 the sum of 2^24 and 1 is 2^24. */
    @Test
    void sumsAreDouble() {
        var features = FeatureMatrix.of(new float[] {16777216, 1, 1}, 1);
        assertEquals(
                5592406f,
                ClusterMeans.of(features, new int[3], FeatureMatrix.allocate(1, 1))
                        .get(0, 0));
    }

    /** Columns are divided among threads: each sum is the one of a loop over the rows. */
    @Test
    void sumsAreAddedInTheOrderOfTheRows() {
        var columns = 7;
        var values = new float[100 * columns];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) Math.pow(10, i % 17 - 8);
        }
        var features = FeatureMatrix.of(values, columns);
        var means = ClusterMeans.of(features, new int[100], FeatureMatrix.allocate(1, columns));
        for (var column = 0; column < columns; column++) {
            var sum = 0.0;
            for (var row = 0; row < 100; row++) {
                sum += features.get(row, column);
            }
            assertEquals((float) (sum / 100), means.get(0, column));
        }
    }
}
