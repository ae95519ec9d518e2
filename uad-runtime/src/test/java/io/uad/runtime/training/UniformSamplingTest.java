package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UniformSamplingTest {
    private static final Seed SEED = new Seed(31);

    @Test
    void everyClusterIsDrawnEquallyOftenWhateverItsSize() {
        var labels = new int[1000]; // 900 of cluster 0, 90 of 1, 9 of 2, 1 of 4; 3 is empty
        Arrays.fill(labels, 900, 990, 1);
        Arrays.fill(labels, 990, 999, 2);
        labels[999] = 4;
        var drawn = UniformSampling.draw(labels, 5, 1, SEED);
        assertEquals(1000, drawn.length);
        var counts = new int[5];
        for (var sample : drawn) {
            counts[labels[sample]]++;
        }
        for (var cluster : new int[] {0, 1, 2, 4}) {
            assertTrue(
                    Math.abs(counts[cluster] - 250) <= 4, "1000 / 4 + 1 each, less the 4 cut off: " + counts[cluster]);
        }
        assertEquals(0, counts[3]);
    }

    @Test
    void aClusterLargerThanItsShareIsDrawnWithoutReplacement() {
        var labels = new int[100];
        Arrays.fill(labels, 60, 100, 1);
        var drawn = UniformSampling.draw(labels, 2, 0.5, SEED);
        assertEquals(50, drawn.length);
        assertEquals(50, Arrays.stream(drawn).distinct().count());
    }

    @Test
    void aBudgetAboveOneRepeatsSamples() {
        var drawn = UniformSampling.draw(new int[10], 1, 2, SEED);
        assertEquals(20, drawn.length);
    }

    @Test
    void noiseIsNeverDrawn() {
        var labels = new int[] {-1, 0, -1, 0, 1, -1};
        var drawn = UniformSampling.draw(labels, 2, 1, SEED);
        assertEquals(3, drawn.length);
        assertTrue(Arrays.stream(drawn).allMatch(sample -> labels[sample] >= 0));
    }

    @Test
    void equalSeedsDrawEqualSamplesAndOthersDoNot() {
        var labels = new int[200];
        var first = UniformSampling.draw(labels, 1, 1, SEED);
        assertArrayEquals(first, UniformSampling.draw(labels, 1, 1, SEED));
        assertTrue(!Arrays.equals(first, UniformSampling.draw(labels, 1, 1, new Seed(32))));
    }
}
