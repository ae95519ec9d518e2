package io.uad.plugin.clustering.pic;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows belong to which group; a row may belong to several.
 *
 * @param starts {@code [groups + 1]}, where in {@code rows} each group begins, and its length
 * @param rows group by group, ascending within each
 */
record Groups(int[] starts, int[] rows) {
    /**
     * Collects the rows.
     *
     * @param groupsOfRows for each row its groups, each once
     */
    static Groups of(int groups, int[][] groupsOfRows) {
        var starts = new int[groups + 1];
        var total = 0;
        for (var ofRow : groupsOfRows) {
            total = Math.addExact(total, ofRow.length);
            for (var group : ofRow) {
                starts[group + 1]++;
            }
        }
        for (var group = 1; group <= groups; group++) {
            starts[group] += starts[group - 1];
        }
        var ends = starts.clone();
        var rows = new int[total];
        for (var row = 0; row < groupsOfRows.length; row++) {
            for (var group : groupsOfRows[row]) {
                rows[ends[group]++] = row;
            }
        }
        return new Groups(starts, rows);
    }

    /** The rows of one. */
    IntStream of(int group) {
        return Arrays.stream(rows, starts[group], starts[group + 1]);
    }

    /** How many rows a group has. */
    int size(int group) {
        return starts[group + 1] - starts[group];
    }
}
