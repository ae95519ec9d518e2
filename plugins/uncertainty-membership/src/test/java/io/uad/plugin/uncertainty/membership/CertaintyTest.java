package io.uad.plugin.uncertainty.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertaintyTest {
    private static final List<Certainty> ALL = List.of(
            new FuzzyMembership(2),
            new FuzzyMembership(1.1),
            new FuzzyMembership(Math.nextUp(1)),
            new FuzzyMembership(100),
            new SoftEntropy(1),
            new SoftEntropy(0),
            new SoftEntropy(1e-300),
            new SoftEntropy(1e30),
            new NearestMargin());

    @Test
    void fuzzyMembershipsByHand() {
        // m = 2: u = 1 / (1/1 + 1/4 + 1/9) = 36/49, and for the others 9/49 and 4/49.
        var squared = new double[] {1, 4, 9};
        assertEquals(36 / 49.0, new FuzzyMembership(2).of(squared, 0), 1e-12);
        assertEquals(9 / 49.0, new FuzzyMembership(2).of(squared, 1), 1e-12);
        assertEquals(4 / 49.0, new FuzzyMembership(2).of(squared, 2), 1e-12);
        // m = 3: the exponent 2 / (m - 1) of the distances is 1: 1 / (1/1 + 1/2 + 1/3) = 6/11.
        assertEquals(6 / 11.0, new FuzzyMembership(3).of(squared, 0), 1e-12);
    }

    @Test
    void centroidsAtTheRowItselfShareItsFuzzyMembership() {
        var squared = new double[] {0, 0, 5};
        assertEquals(0.5, new FuzzyMembership(2).of(squared, 0));
        assertEquals(0.5, new FuzzyMembership(2).of(squared, 1));
        assertEquals(0, new FuzzyMembership(2).of(squared, 2));
    }

    @Test
    void entropiesByHand() {
        // Shares 4/5 and 1/5: x = ln 4 beside the own.
        var entropy = -(0.8 * Math.log(0.8) + 0.2 * Math.log(0.2)) / Math.log(2);
        assertEquals(1 - entropy, new SoftEntropy(1).of(new double[] {3, 3 + Math.log(4)}, 0), 1e-12);
        assertEquals(1 - entropy, new SoftEntropy(2).of(new double[] {3, 3 + 2 * Math.log(4)}, 0), 1e-12);
        // Shares 1/2, 1/4, 1/4: H = 1.5 ln 2.
        var shares = new double[] {0, Math.log(2), Math.log(2)};
        assertEquals(1 - 1.5 * Math.log(2) / Math.log(3), new SoftEntropy(1).of(shares, 0), 1e-12);
    }

    @Test
    void evenlyTornIsUncertain() {
        assertEquals(0, new SoftEntropy(1).of(new double[] {2, 2, 2, 2}, 1), 1e-12);
        assertEquals(0, new NearestMargin().of(new double[] {2, 2, 2, 2}, 1));
        assertEquals(0.25, new FuzzyMembership(2).of(new double[] {2, 2, 2, 2}, 1));
    }

    @Test
    void marginsByHand() {
        assertEquals(0.5, new NearestMargin().of(new double[] {1, 4}, 0), 1e-12);
        assertEquals(0.75, new NearestMargin().of(new double[] {1, 16, 16}, 0), 1e-12);
        assertEquals(1, new NearestMargin().of(new double[] {0, 16}, 0));
        assertEquals(0, new NearestMargin().of(new double[] {0, 0, 3}, 0), "two centroids at the row");
    }

    @Test
    void aRowThatIsNearerToAnotherCentroidIsNotTrusted() {
        var squared = new double[] {1, 4, 9};
        assertEquals(0, new SoftEntropy(1).of(squared, 1));
        assertEquals(0, new NearestMargin().of(squared, 2));
        assertTrue(new FuzzyMembership(2).of(squared, 2) < new FuzzyMembership(2).of(squared, 0));
    }

    @Test
    void everyCertaintyLiesBetweenZeroAndOne() {
        var values = new double[] {0, Float.MIN_VALUE, 1e-10, 0.5, 1, Math.nextUp(1), 4, 1e10, Float.MAX_VALUE};
        for (var certainty : ALL) {
            for (var first : values) {
                for (var second : values) {
                    for (var third : values) {
                        var found = certainty.of(new double[] {first, second, third}, 1);
                        assertTrue(found >= 0 && found <= 1, certainty + " of " + first + ", " + second + ", " + third);
                    }
                }
            }
        }
    }

    @Test
    void nearerIsNeverLessCertain() {
        var seed = new Seed(6);
        for (var trial = 0; trial < 200; trial++) {
            var squared = new double[2 + trial % 9];
            for (var k = 0; k < squared.length; k++) {
                squared[k] = seed.uniform(trial * 16L + k);
            }
            for (var certainty : ALL) {
                var before = 1.0;
                for (var own = 0.0; own <= 1.2; own += 0.05) {
                    squared[0] = own;
                    var now = certainty.of(squared, 0);
                    assertTrue(now <= before + 1e-12, certainty + " of " + Arrays.toString(squared));
                    before = now;
                }
            }
        }
    }

    @Test
    void theTemperatureIsInUnitsOfTheMeanSquaredDistanceWithoutTheNoise() {
        var trained =
                new Clustering(new int[] {0, 1, -1, 1}, new float[] {1, 2, 0, 6}, FeatureMatrix.allocate(2, 1), 0);
        assertEquals(new SoftEntropy(0.3), SoftEntropy.of(0.1, trained));
        assertEquals(
                new SoftEntropy(0),
                SoftEntropy.of(0.1, new Clustering(new int[] {-1}, new float[1], FeatureMatrix.allocate(2, 1), 0)));
    }
}
