package io.uad.plugin.uncertainty.distance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import org.junit.jupiter.api.Test;

class DistanceWeightsTest {
    private static final StageContext CONTEXT = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));
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
        assertArrayEquals(
                new float[] {0.5f, 1.5f, 1, 0, 1},
                DistanceWeights.normalized(new float[] {1, 3, 2, 0, 2}, CLUSTERING),
                1e-7f);
    }

    /** With gamma 0 the farthest sample weighs nothing, and yet it is no noise. */
    @Test
    void samplesThatWeighNothingCountInTheMean() {
        var weights = new MinMaxProvider()
                .create(Options.of(new MinMaxOptions(0, 1, true)))
                .weights(FeatureMatrix.allocate(5, 1), CLUSTERING, CONTEXT);
        // 1, 0.625, 0, noise and a singleton's 1 add up to 2.625 over 4 samples.
        var scale = 4 / 2.625f;
        assertArrayEquals(new float[] {scale, 0.625f * scale, 0, 0, scale}, weights, 1e-6f);
    }

    @Test
    void weightsThatAreAllZeroStayZero() {
        assertArrayEquals(new float[5], DistanceWeights.normalized(new float[5], CLUSTERING));
    }

    @Test
    void affineWeightsAreNormalizedOnDemand() {
        var weights = new AffineProvider()
                .create(Options.of(new AffineOptions(0.875, 0.25, 1, true)))
                .weights(FeatureMatrix.allocate(5, 1), CLUSTERING, CONTEXT);
        assertEquals(4, weights[0] + weights[1] + weights[2] + weights[4], 1e-6);
        assertEquals(0.875 / 1.125, weights[0] / weights[2], 1e-6);
        assertEquals(0, weights[3]);
    }

    @Test
    void equalDistancesWeighOneAndEmptyClustersAreSkipped() {
        var duplicates = new Clustering(new int[] {2, 2, 2}, new float[] {0, 0, 0}, FeatureMatrix.allocate(3, 1), 0);
        assertArrayEquals(new float[] {1, 1, 1}, DistanceWeights.of(duplicates, 0.5, distance -> 7));
    }

    @Test
    void aClusterOfTwoGetsBothExtremes() {
        var pair = new Clustering(new int[] {0, 0}, new float[] {1, 1.001f}, FeatureMatrix.allocate(1, 1), 0);
        var weights = new MinMaxProvider()
                .create(Options.of(new MinMaxOptions(0.5, 1, false)))
                .weights(FeatureMatrix.allocate(2, 1), pair, CONTEXT);
        assertArrayEquals(new float[] {1.5f, 0.5f}, weights);
    }

    @Test
    void nothingButNoiseWeighsNothing() {
        var noise = new Clustering(new int[] {-1, -1}, new float[2], FeatureMatrix.allocate(1, 1), 0);
        assertArrayEquals(new float[2], DistanceWeights.of(noise, 1, distance -> 1));
        assertArrayEquals(new float[2], DistanceWeights.normalized(new float[2], noise));
    }

    @Test
    void aDifferenceOfOneRoundingIsNoSpread() {
        var clustering = new Clustering(
                new int[] {0, 0, 1, 1}, new float[] {0.25f, Math.nextUp(0.25f), 0, 0}, FeatureMatrix.allocate(2, 1), 0);
        assertArrayEquals(new float[] {1, 1, 1, 1}, DistanceWeights.of(clustering, 1, distance -> distance));
        assertArrayEquals(new float[] {1, 1, 1, 1}, DistanceWeights.of(clustering, 0.5, distance -> distance));
    }

    /** The mean of a pair is rounded against its own length, so two close rows are not equally far from it. */
    @Test
    void pairsAroundTheirRoundedMeanWeighOneHoweverClose() {
        var seed = new Seed(1);
        for (var pair = 0; pair < 200; pair++) {
            var apart = Math.pow(10, -(pair % 5));
            var one = new float[8];
            var other = new float[8];
            var mean = new float[8];
            var squared = new float[2];
            for (var j = 0; j < 8; j++) {
                one[j] = (float) seed.gaussian(pair * 16L + j);
                other[j] = (float) (one[j] + apart * seed.gaussian(pair * 16L + 8 + j));
                mean[j] = (float) (((double) one[j] + other[j]) / 2);
                squared[0] += (one[j] - mean[j]) * (one[j] - mean[j]);
                squared[1] += (other[j] - mean[j]) * (other[j] - mean[j]);
            }
            var clustering = new Clustering(new int[2], squared, FeatureMatrix.of(mean, 8), 0);
            assertArrayEquals(
                    new float[] {1, 1}, DistanceWeights.of(clustering, 1, distance -> distance), "pair " + pair);
        }
    }

    @Test
    void affineTakesAPowerToo() {
        var formula = new AffineProvider().create(Options.of(new AffineOptions(1, 2, 0.5, false)));
        assertArrayEquals(
                new float[] {1, 2, 3, 0, 1}, formula.weights(FeatureMatrix.allocate(5, 1), CLUSTERING, CONTEXT), 1e-6f);
    }

    @Test
    void aNegativeWeightIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new AffineOptions(0.1, -0.2, 1, false));
        assertEquals("offset + slope must be 0 or more, was -0.1", error.getMessage());
    }
}
