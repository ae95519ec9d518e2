package io.uad.runtime.evaluation;

import java.util.Arrays;

/**
 * The assignment problem: pairs each row with a column of its own so that the sum of the chosen cells is largest. Shortest
 * augmenting paths with potentials (Jonker and Volgenant, Computing 38, 1987), in {@code O(rows^2 columns)}.
 */
final class Matching {
    private static final int NONE = -1;

    private Matching() {}

    /**
     * The largest sum.
     *
     * @param gain {@code [rows][columns]}, 0 or more; a side that is longer leaves some of its members alone
     */
    static long largest(int[][] gain) {
        if (gain.length == 0 || gain[0].length == 0) {
            return 0;
        }
        var wide = gain.length <= gain[0].length ? gain : transposed(gain);
        var rowOf = rowsOfColumns(wide);
        var sum = 0L;
        for (var column = 0; column < rowOf.length; column++) {
            sum += rowOf[column] == NONE ? 0 : wide[rowOf[column]][column];
        }
        return sum;
    }

    /** For each column the row it is paired with, or none; there are no more rows than columns. */
    private static int[] rowsOfColumns(int[][] gain) {
        var columns = gain[0].length;
        var rowPotential = new long[gain.length];
        var columnPotential = new long[columns];
        var rowOf = new int[columns];
        Arrays.fill(rowOf, NONE);
        for (var row = 0; row < gain.length; row++) {
            var distance = new long[columns];
            var before = new int[columns]; // the column before it on the shortest path from the row
            var done = new boolean[columns];
            Arrays.fill(distance, Long.MAX_VALUE);
            var at = NONE;
            do {
                var here = at == NONE ? row : rowOf[at];
                var travelled = at == NONE ? 0 : distance[at];
                var next = NONE;
                for (var column = 0; column < columns; column++) {
                    if (!done[column]) {
                        var reduced = -gain[here][column] - rowPotential[here] - columnPotential[column];
                        if (travelled + reduced < distance[column]) {
                            distance[column] = travelled + reduced;
                            before[column] = at;
                        }
                        if (next == NONE || distance[column] < distance[next]) {
                            next = column;
                        }
                    }
                }
                at = next;
                done[at] = true;
            } while (rowOf[at] != NONE);

            var length = distance[at];
            rowPotential[row] += length;
            for (var column = 0; column < columns; column++) {
                if (done[column] && column != at) {
                    rowPotential[rowOf[column]] += length - distance[column];
                    columnPotential[column] -= length - distance[column];
                }
            }
            while (at != NONE) { // the pairs along the path change over
                var previous = before[at];
                rowOf[at] = previous == NONE ? row : rowOf[previous];
                at = previous;
            }
        }
        return rowOf;
    }

    private static int[][] transposed(int[][] matrix) {
        var result = new int[matrix[0].length][matrix.length];
        for (var i = 0; i < matrix.length; i++) {
            for (var j = 0; j < matrix[0].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
