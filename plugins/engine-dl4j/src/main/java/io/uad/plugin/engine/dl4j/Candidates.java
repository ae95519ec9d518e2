package io.uad.plugin.engine.dl4j;

import io.uad.plugin.engine.common.RowKey;
import java.util.Arrays;

/** The rows with the smallest scores so far, of one point. Equal scores go to the smaller index. */
final class Candidates {
    private final long[] keys;
    private final int wanted;
    private int size;
    private long limit = Long.MAX_VALUE;

    Candidates(int wanted) {
        this.wanted = wanted;
        this.keys = new long[2 * wanted];
    }

    void offer(float score, int index) {
        var key = RowKey.of(score, index);
        if (key < limit) {
            keys[size++] = key;
            if (size == keys.length) {
                shorten();
            }
        }
    }

    /** Those that are left, the smallest score first. */
    long[] best() {
        shorten();
        return Arrays.copyOf(keys, size);
    }

    private void shorten() {
        Arrays.sort(keys, 0, size);
        size = Math.min(size, wanted);
        if (size == wanted) {
            limit = keys[wanted - 1];
        }
    }
}
