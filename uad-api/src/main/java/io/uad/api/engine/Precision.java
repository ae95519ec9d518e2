package io.uad.api.engine;

import java.util.Locale;

/**
 * In which numbers an engine multiplies. What crosses the border of the API is float32 whatever this is, and so are the
 * weights that a step changes.
 *
 * @since 0.1
 */
public enum Precision {
    /** IEEE 754 single precision: 24 bits of mantissa. */
    FLOAT32,

    /** A float32 without the lower 13 bits of its mantissa, in products and convolutions of NVIDIA's GPUs from Ampere on. */
    TF32,

    /** The upper half of a float32, 8 bits of mantissa, in products and convolutions; sums are kept in float32. */
    BFLOAT16;

    /** As it stands in the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
