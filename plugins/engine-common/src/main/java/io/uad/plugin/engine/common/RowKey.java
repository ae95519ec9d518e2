package io.uad.plugin.engine.common;

/** A row and its score or distance in one number, so that arrays of them can be sorted. */
public final class RowKey {
    private RowKey() {}

    /** Orders by value, then by index; NaN comes last. */
    public static long of(float value, int index) {
        var bits = Float.floatToIntBits(value);
        return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | index;
    }

    /** The row. */
    public static int index(long key) {
        return (int) key;
    }

    /** Its score or distance. */
    public static float value(long key) {
        var bits = (int) (key >> 32);
        return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }
}
