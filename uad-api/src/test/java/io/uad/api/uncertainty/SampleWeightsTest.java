package io.uad.api.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import org.junit.jupiter.api.Test;

class SampleWeightsTest {
    private static final Clustering CLUSTERING = new Clustering(
            new int[] {0, 0, 1, -1, 2, 2}, new float[] {1, 4, 5, 0, 3, 3}, FeatureMatrix.allocate(4, 1), 0);

    @Test
    void onlyAClusterWhoseDistancesDifferTellsItsMembersApart() {
        var spread = ClusterSpread.of(CLUSTERING);
        assertTrue(spread.distinguishes(0));
        assertFalse(spread.distinguishes(1), "a singleton");
        assertFalse(spread.distinguishes(2), "equal distances");
        assertFalse(spread.distinguishes(3), "an empty one");
        assertEquals(1, spread.nearest(0));
        assertEquals(4, spread.farthest(0));
    }

    @Test
    void theFormulaDecidesWhereMembersDifferOnly() {
        var weights = SampleWeights.of(CLUSTERING, ClusterSpread.of(CLUSTERING), row -> 10 + row);
        assertArrayEquals(new float[] {10, 11, 1, 0, 1, 1}, weights);
    }

    @Test
    void theFactorBringsTheMeanWithoutTheNoiseToOne() {
        var weights = new float[] {1, 3, 2, 0, 2, 0};
        var factor = SampleWeights.factorToMeanOne(weights, CLUSTERING);
        assertEquals(5 / 8.0, factor);
        assertArrayEquals(new float[] {0.625f, 1.875f, 1.25f, 0, 1.25f, 0}, SampleWeights.scaled(weights, factor));
    }

    @Test
    void weightsThatAreAllZeroStayZero() {
        assertEquals(1, SampleWeights.factorToMeanOne(new float[6], CLUSTERING));
    }
}
