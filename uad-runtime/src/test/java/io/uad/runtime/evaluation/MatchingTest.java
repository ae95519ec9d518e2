package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;
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
            assertEquals(best(gain, 0, new boolean[gain[0].length]), largest(gain), "seed " + trial);
        }
    }

    @Test
    void nothingPairsToNothing() {
        assertArrayEquals(
                new int[] {Matching.NONE, Matching.NONE}, Matching.largest(2, new int[0], new int[0], new int[0]));
    }

    private static long largest(int[][] gain) {
        var cells = IntStream.range(0, gain.length * gain[0].length)
                .filter(cell -> gain[cell / gain[0].length][cell % gain[0].length] > 0)
                .toArray();
        var rows = Arrays.stream(cells).map(cell -> cell / gain[0].length).toArray();
        var columns = Arrays.stream(cells).map(cell -> cell % gain[0].length).toArray();
        var gains = IntStream.range(0, cells.length)
                .map(i -> gain[rows[i]][columns[i]])
                .toArray();
        var paired = Matching.largest(gain[0].length, rows, columns, gains);
        return IntStream.range(0, paired.length)
                .filter(column -> paired[column] != Matching.NONE)
                .mapToLong(column -> gain[paired[column]][column])
                .sum();
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
