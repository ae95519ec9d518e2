package io.uad.plugin.clustering.pic;

import java.util.Arrays;

/** For each of successive rows the few nearest of those that it was offered, of equally near ones the smaller numbers. */
final class BestLists {
    private static final long NONE = Long.MAX_VALUE;

    private final int first;
    private final int most;
    private final long[] keys; // [rows * most], ascending for each row

    /**
     * Empty ones.
     *
     * @param first the number of the first row
     * @param rows how many rows
     * @param most the length of a list
     */
    BestLists(int first, int rows, int most) {
        this.first = first;
        this.most = most;
        this.keys = new long[Math.multiplyExact(rows, most)];
        Arrays.fill(keys, NONE);
    }

    /** Different rows may be offered something at once. */
    void offer(int row, float distance, int other) {
        var key = key(distance, other);
        var begin = (row - first) * most;
        var at = begin + most - 1;
        if (key < keys[at]) {
            for (; at > begin && key < keys[at - 1]; at--) {
                keys[at] = keys[at - 1];
            }
            keys[at] = key;
        }
    }

    /** A row's list, nearest first; shorter where the row was offered less. */
    int[] of(int row) {
        return Arrays.stream(keys, (row - first) * most, (row - first + 1) * most)
                .filter(key -> key != NONE)
                .mapToInt(key -> (int) key)
                .toArray();
    }

    /** Orders by distance, below 0 too, then by number; NaN comes last. */
    private static long key(float distance, int other) {
        var bits = Float.floatToIntBits(distance);
        return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | other;
    }
}
