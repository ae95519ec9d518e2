package io.uad.runtime.checkpoint;

/** The element types of safetensors that are read; the first three are written. */
enum Dtype {
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

    int bytes() {
        return bytes;
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
