package io.uad.plugin.engine.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowKeyTest {
    @Test
    void keysSortByValueThenByIndexAndNoNumbersComeLast() {
        var values = new float[] {Float.NaN, 2, -1, Float.POSITIVE_INFINITY, 2, -3, Float.NEGATIVE_INFINITY, 0};
        var keys = new long[values.length];
        for (var i = 0; i < keys.length; i++) {
            keys[i] = RowKey.of(values[i], i);
        }
        Arrays.sort(keys);
        assertArrayEquals(
                new int[] {6, 5, 2, 7, 1, 4, 3, 0},
                Arrays.stream(keys).mapToInt(RowKey::index).toArray());
        for (var key : keys) {
            assertEquals(values[RowKey.index(key)], RowKey.value(key));
        }
    }

    @Test
    void theLargestIndexKeepsItsValue() {
        var key = RowKey.of(-1.5f, Integer.MAX_VALUE);
        assertEquals(-1.5f, RowKey.value(key));
        assertEquals(Integer.MAX_VALUE, RowKey.index(key));
    }
}
