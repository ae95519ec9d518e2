package io.uad.api.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutSeedTest {
    private static final Seed SEED = new Seed(7);

    @Test
    void unitsAreZeroWithTheGivenProbabilityAndOthersAreScaledUp() {
        for (var probability : new double[] {0.25, 0.5, 0.9}) {
            var mask = mask(0, "drop", probability, 100, 101);
            var zeros = 0;
            for (var value : mask) {
                if (value == 0) {
                    zeros++;
                } else {
                    assertEquals(1 / (1 - probability), value, 1e-6);
                }
            }
            var deviation = Math.sqrt(mask.length * probability * (1 - probability));
            assertEquals(mask.length * probability, zeros, 4 * deviation);
        }
    }

    @Test
    void aSampleHasOneMaskWhateverBatchItIsIn() {
        var whole = mask(10, "drop", 0.5, 8, 33);
        var later = mask(13, "drop", 0.5, 2, 33);
        assertArrayEquals(Arrays.copyOfRange(whole, 3 * 33, 5 * 33), later);
    }

    @Test
    void layersSamplesAndUnitsAreDroppedIndependently() {
        var one = mask(0, "one", 0.5, 2, 1000);
        var other = mask(0, "other", 0.5, 2, 1000);
        assertFalse(Arrays.equals(one, other));
        assertEquals(1000, equal(one, 0, other, 0), 4 * Math.sqrt(500));
        assertEquals(500, equal(Arrays.copyOf(one, 1000), 0, one, 1000), 4 * Math.sqrt(250));
        assertTrue(Math.abs(equal(Arrays.copyOf(one, 999), 0, one, 1) - 500) < 64, "neighbours");
    }

    private static int equal(float[] a, int fromA, float[] b, int fromB) {
        var count = 0;
        for (var i = 0; fromA + i < a.length && fromB + i < b.length; i++) {
            count += a[fromA + i] == b[fromB + i] ? 1 : 0;
        }
        return count;
    }

    private static float[] mask(long first, String layer, double probability, int samples, int units) {
        var values = new float[samples * units];
        new DropoutSeed(SEED, first).mask(layer, probability, samples, units, FloatBuffer.wrap(values));
        return values;
    }
}
