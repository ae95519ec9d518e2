package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.Seed;
import org.junit.jupiter.api.Test;

class MatchingTest {
    @Test
    void theSumIsTheLargestOfAllPairings() {
        for (var trial = 0; trial < 300; trial++) {
            var seed = new Seed(trial);
            var gain = new int[1 + seed.integer(0, 6)][1 + seed.integer(1, 6)];
            for (var i = 0; i < gain.length; i++) {
                for (var j = 0; j < gain[i].length; j++) {
                    gain[i][j] = seed.integer(10 + 10L * i + j, 12);
                }
            }
            assertEquals(best(gain, 0, new boolean[gain[0].length]), Matching.largest(gain), "seed " + trial);
        }
    }

    @Test
    void nothingPairsToNothing() {
        assertEquals(0, Matching.largest(new int[0][0]));
    }

    private static long best(int[][] gain, int row, boolean[] taken) {
        if (row == gain.length) {
            return 0;
        }
        var best = best(gain, row + 1, taken); // a row may stay alone
        for (var column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.max(best, gain[row][column] + best(gain, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }
}
