package io.uad.plugin.uncertainty.distance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DistanceWeightsTest {
    private static final StageContext CONTEXT = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));
    /** No formula of distances looks at them. */
    private static final FeatureMatrix ROWS = FeatureMatrix.allocate(5, 1);

    private static final Clustering CLUSTERING =
            new Clustering(new int[] {0, 0, 0, -1, 1}, new float[] {1, 4, 9, 0, 5}, FeatureMatrix.allocate(2, 1), 0);

    @Test
    void distancesAreScaledWithinTheirClusterNoiseWeighsNothingAndSingletonsOne() {
        assertArrayEquals(new float[] {0, 0.375f, 1, 0, 1}, affine(1).weights(ROWS, CLUSTERING, CONTEXT));
    }

    @Test
    void aPowerOfOneHalfScalesPlainDistances() {
        assertArrayEquals(new float[] {0, 0.5f, 1, 0, 1}, affine(0.5).weights(ROWS, CLUSTERING, CONTEXT), 1e-7f);
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
        assertArrayEquals(new float[] {1, 1, 1}, affine(0.5).weights(ROWS, duplicates, CONTEXT));
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
        for (var formula : normalizing()) {
            assertArrayEquals(new float[2], formula.weights(ROWS, noise, CONTEXT));
        }
    }

    @Test
    void aDifferenceOfOneRoundingIsNoSpread() {
        var clustering = new Clustering(
                new int[] {0, 0, 1, 1}, new float[] {0.25f, Math.nextUp(0.25f), 0, 0}, FeatureMatrix.allocate(2, 1), 0);
        assertArrayEquals(new float[] {1, 1, 1, 1}, affine(1).weights(ROWS, clustering, CONTEXT));
        assertArrayEquals(new float[] {1, 1, 1, 1}, affine(0.5).weights(ROWS, clustering, CONTEXT));
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
            assertArrayEquals(new float[] {1, 1}, affine(1).weights(ROWS, clustering, CONTEXT), "pair " + pair);
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

    @Test
    void ranksRunFromOnePlusGammaDownToGammaInEqualSteps() {
        // Distances 1, 4, 9 and an outlier that min-max would hang on; noise; a singleton.
        var clustering = clustering(new int[] {0, 0, 0, 0, -1, 1}, 4, 1, 900, 9, 0, 5);
        assertArrayEquals(
                new float[] {0.5f + 2 / 3f, 1.5f, 0.5f, 0.5f + 1 / 3f, 0, 1},
                rank(0.5, false).weights(ROWS, clustering, CONTEXT),
                1e-6f);
    }

    @Test
    void equalDistancesShareTheirMeanRank() {
        // Places 0, 1 and 2 of 0..4 are one tie with the mean 1; the weights are 1 - place / 4.
        var clustering = clustering(new int[5], 2, 2, 2, 7, 8);
        assertArrayEquals(
                new float[] {0.75f, 0.75f, 0.75f, 0.25f, 0}, rank(0, false).weights(ROWS, clustering, CONTEXT), 1e-6f);
        var equal = clustering(new int[3], 2, 2, 2);
        assertArrayEquals(new float[] {1, 1, 1}, rank(0, false).weights(ROWS, equal, CONTEXT));
    }

    @Test
    void ranksDoNotDependOnTheScaleOrPowerOfDistances() {
        var few = clustering(new int[5], 3, 1, 4, 15, 9);
        var squares = clustering(new int[5], 9, 1, 16, 225, 81);
        assertArrayEquals(
                rank(0.5, true).weights(ROWS, few, CONTEXT), rank(0.5, true).weights(ROWS, squares, CONTEXT));
    }

    @Test
    void withGammaOneHalfTheMeanRankWeightOfAClusterIsOne() {
        var sum = 0.0;
        for (var weight : rank(0.5, false).weights(ROWS, clustering(new int[5], 3, 1, 3, 15, 9), CONTEXT)) {
            sum += weight;
        }
        assertEquals(5, sum, 1e-6);
    }

    @Test
    void aPowerThatNoDoubleHoldsGivesNoNaN() {
        var tiny = clustering(new int[3], 1e-20f, 2e-20f, 3e-20f);
        for (var power : new double[] {Double.MIN_VALUE, 1e-12, 100}) {
            for (var weight : affine(power).weights(ROWS, tiny, CONTEXT)) {
                assertTrue(weight >= 0 && weight <= 1, power + ": " + weight);
            }
        }
    }

    @Test
    void aRowOfTheTrainingGetsItsWeightAgainWhateverStandsBesideIt() {
        var trained = clustering(new int[] {0, 0, 0, 0, -1, 1, 2, 2}, 4, 1, 4, 9, 0, 5, 6, 7);
        for (var formula : normalizing()) {
            var weights = formula.weights(ROWS, trained, CONTEXT);
            for (var row = 0; row < weights.length; row++) {
                var alone = clustering(new int[] {trained.labels()[row]}, trained.squaredDistances()[row]);
                assertEquals(
                        weights[row], formula.weightsOfUnseen(ROWS, alone, trained, CONTEXT)[0], 1e-6, "row " + row);
            }
        }
    }

    @Test
    void unseenRowsNearerOrFartherThanAllWeighAsTheNearestAndTheFarthest() {
        var trained = clustering(new int[4], 1, 2, 3, 4);
        var unseen = clustering(new int[] {0, 0, 0, -1}, 0.5f, 100, 2.5f, 0);
        assertArrayEquals(
                new float[] {1.5f, 0.5f, 1, 0},
                new MinMaxProvider()
                        .create(Options.of(new MinMaxOptions(0.5, 1, false)))
                        .weightsOfUnseen(ROWS, unseen, trained, CONTEXT),
                1e-6f);
        // 2.5 lies between places 1 and 2 of 0..3.
        assertArrayEquals(
                new float[] {1.5f, 0.5f, 1, 0},
                rank(0.5, false).weightsOfUnseen(ROWS, unseen, trained, CONTEXT),
                1e-6f);
        assertArrayEquals(
                new float[] {0, 1, 0.5f, 0}, affine(1).weightsOfUnseen(ROWS, unseen, trained, CONTEXT), 1e-6f);
    }

    @Test
    void unseenRowsOfClustersThatTellNothingApartWeighOne() {
        var trained = new Clustering(new int[] {0, 1, 1}, new float[] {0, 2, 2}, FeatureMatrix.allocate(3, 1), 0);
        var unseen = new Clustering(new int[] {0, 1, 2}, new float[] {9, 9, 9}, FeatureMatrix.allocate(3, 1), 0);
        for (var formula : normalizing()) {
            assertArrayEquals(new float[] {1, 1, 1}, formula.weightsOfUnseen(ROWS, unseen, trained, CONTEXT));
        }
    }

    @Test
    void nearerNeverWeighsLessWithMinMaxAndRank() {
        var seed = new Seed(4);
        var distances = new float[200];
        for (var row = 0; row < 200; row++) {
            distances[row] = seed.integer(row, 50); // many ties
        }
        var trained = clustering(new int[200], distances);
        var unseen = clustering(new int[120]);
        for (var row = 0; row < 120; row++) {
            unseen.squaredDistances()[row] = row * 0.5f - 0.25f * (row % 2);
        }
        for (var formula : new Uncertainty[] {
            rank(0.5, false), new MinMaxProvider().create(Options.of(new MinMaxOptions(0.5, 0.5, true)))
        }) {
            var weights = formula.weightsOfUnseen(ROWS, unseen, trained, CONTEXT);
            for (var row = 1; row < weights.length; row++) {
                assertTrue(weights[row] <= weights[row - 1], "row " + row);
            }
        }
    }

    private static Uncertainty[] normalizing() {
        return new Uncertainty[] {
            rank(0.3, true),
            new MinMaxProvider().create(Options.of(new MinMaxOptions(0.3, 0.5, true))),
            new AffineProvider().create(Options.of(new AffineOptions(0.875, 0.25, 1, true)))
        };
    }

    private static Uncertainty rank(double gamma, boolean normalize) {
        return new RankProvider().create(Options.of(new RankOptions(gamma, normalize)));
    }

    /** The scaled distance itself. */
    private static Uncertainty affine(double power) {
        return new AffineProvider().create(Options.of(new AffineOptions(0, 1, power, false)));
    }

    /** Of three clusters around 0. */
    private static Clustering clustering(int[] labels, float... squared) {
        var distances = Arrays.copyOf(squared, labels.length);
        return new Clustering(labels, distances, FeatureMatrix.allocate(3, 1), 0);
    }
}
