package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.Seed;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputMatchingTest {
    @Test
    void renumberedClustersAreFoundAgain() {
        assertArrayEquals(
                new int[] {2, 0, 1}, OutputMatching.match(new int[] {0, 0, 1, 1, 2, 2}, new int[] {1, 1, 2, 2, 0, 0}));
    }

    @Test
    void theAssignmentIsTheBestAsAWholeNotTheBestOfEach() {
        // old 0 shares 3 with new 0 and 2 with new 1; old 1 shares 2 with new 0 only: 2 + 2 beats 3
        var before = new int[] {0, 0, 0, 0, 0, 1, 1};
        var now = new int[] {0, 0, 0, 1, 1, 0, 0};
        assertArrayEquals(new int[] {1, 0}, OutputMatching.match(before, now));
    }

    @Test
    void anOutputWithoutPredecessorIsNew() {
        assertArrayEquals(new int[] {0, -1}, OutputMatching.match(new int[] {0, 0, 0}, new int[] {0, 0, 1}));
    }

    @Test
    void noiseAndEmptyClustersHaveNoOutput() {
        // clusters 1 before and 0 now are empty; outputs count the others
        assertArrayEquals(
                new int[] {1, 0}, OutputMatching.match(new int[] {-1, 0, 0, 2, 2, 2}, new int[] {1, 2, 2, 1, 1, -1}));
    }

    @Test
    void aThousandClustersAreMatchedOneToOne() {
        var seed = new Seed(3);
        var before = IntStream.range(0, 20_000).map(i -> seed.integer(i, 1000)).toArray();
        var now = IntStream.range(0, 20_000)
                .map(i -> seed.derive("moved").integer(i, 4) == 0
                        ? seed.derive("new").integer(i, 1000)
                        : 999 - before[i])
                .toArray();
        var continued = OutputMatching.match(before, now);
        var right = IntStream.range(0, 1000)
                .filter(output -> continued[output] == 999 - output)
                .count();
        assertEquals(1000, right);
    }
}
