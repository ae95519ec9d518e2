package io.uad.runtime.checkpoint;

import java.nio.ByteBuffer;

/** The element types of tensors in files that are read; the first three are written. */
public enum Dtype {
    F32(4),
    I32(4),
    I64(8),
    F64(8),
    F16(2),
    BF16(2);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element in a file. */
    public int bytes() {
        return bytes;
    }

    /** What elements of this type are read into: an {@code int[]}, a {@code long[]}, or for all else a {@code float[]}. */
    public Object array(int length) {
        return switch (this) {
            case I32 -> new int[length];
            case I64 -> new long[length];
            default -> new float[length];
        };
    }

    /**
     * Decodes elements.
     *
     * @param from read from its first byte on, in its byte order
     * @param into as {@link #array} makes it
     * @param at where the first element goes
     */
    public void decode(ByteBuffer from, Object into, int at, int count) {
        switch (this) {
            case F32 -> from.asFloatBuffer().get((float[]) into, at, count);
            case I32 -> from.asIntBuffer().get((int[]) into, at, count);
            case I64 -> from.asLongBuffer().get((long[]) into, at, count);
            case F64 -> {
                for (var i = 0; i < count; i++) {
                    ((float[]) into)[at + i] = (float) from.getDouble(i * Double.BYTES);
                }
            }
            case F16 -> {
                for (var i = 0; i < count; i++) {
                    ((float[]) into)[at + i] = half(from.getShort(i * Short.BYTES));
                }
            }
            case BF16 -> {
                for (var i = 0; i < count; i++) {
                    ((float[]) into)[at + i] = brain(from.getShort(i * Short.BYTES));
                }
            }
        }
    }

    static Dtype of(Object values) {
        if (values instanceof float[]) {
            return F32;
        }
        return values instanceof int[] ? I32 : I64;
    }

    /** IEEE 754 half precision: 1 sign, 5 exponent (bias 15), 10 fraction bits. Exact in float. */
    static float half(short bits) {
        var sign = (bits & 0x8000) << 16;
        var exponent = bits >>> 10 & 0x1F;
        var fraction = bits & 0x3FF;
        if (exponent == 0) {
            return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3F800000));
        }
        var wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The upper half of a float. */
    static float brain(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
