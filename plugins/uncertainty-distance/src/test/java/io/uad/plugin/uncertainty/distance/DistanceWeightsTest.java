package io.uad.plugin.uncertainty.distance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.FeatureMatrix;
import io.uad.api.clustering.Clustering;
import org.junit.jupiter.api.Test;

class DistanceWeightsTest {
    private static final Clustering CLUSTERING =
            new Clustering(new int[] {0, 0, 0, -1, 1}, new float[] {1, 4, 9, 0, 5}, FeatureMatrix.allocate(2, 1), 0);

    @Test
    void distancesAreScaledWithinTheirClusterNoiseWeighsNothingAndSingletonsOne() {
        assertArrayEquals(new float[] {0, 0.375f, 1, 0, 1}, DistanceWeights.of(CLUSTERING, 1, distance -> distance));
    }

    @Test
    void aPowerOfOneHalfScalesPlainDistances() {
        assertArrayEquals(
                new float[] {0, 0.5f, 1, 0, 1}, DistanceWeights.of(CLUSTERING, 0.5, distance -> distance), 1e-7f);
    }

    @Test
    void normalizedWeightsHaveAMeanOfOneWithoutTheNoise() {
        assertArrayEquals(new float[] {0.5f, 1.5f, 0, 1}, DistanceWeights.normalized(new float[] {1, 3, 0, 2}), 1e-7f);
    }

    @Test
    void aNegativeWeightIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new AffineOptions(0.1, -0.2, false));
        assertEquals("offset + slope must be 0 or more, was -0.1", error.getMessage());
    }
}
