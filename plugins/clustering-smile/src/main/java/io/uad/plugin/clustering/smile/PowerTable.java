package io.uad.plugin.clustering.smile;

import java.util.Arrays;

/**
 * Powers of positive numbers with one exponent, interpolated between 128 points an octave: for exponents up to 2 they
 * are right to 2e-5. They are the same on every machine, which {@code Math.pow} need not be, and cost a fraction of
 * {@code StrictMath.pow}, which is most of UMAP's time. Numbers beyond 2^-64 to 2^64 count as these.
 */
final class PowerTable {
    private static final int OCTAVES = 64; // on either side of 1
    private static final int BITS = 7; // of the fraction of a double that choose the point
    private static final int SHIFT = 52 - BITS;
    private static final long FIRST = Double.doubleToRawLongBits(0x1p-64) >>> SHIFT;

    private final double[] powers = new double[2 * OCTAVES * (1 << BITS) + 1];

    PowerTable(double exponent) {
        Arrays.setAll(powers, i -> StrictMath.pow(Double.longBitsToDouble((FIRST + i) << SHIFT), exponent));
    }

    /** The power of a number. */
    double of(double number) {
        // Exponent and first bits of the fraction number the points; the other bits say where between two.
        var bits = Double.doubleToRawLongBits(number);
        var point = (int) ((bits >>> SHIFT) - FIRST);
        if (point < 0) {
            return powers[0];
        }
        if (point >= powers.length - 1) {
            return powers[powers.length - 1];
        }
        var part = (bits & ((1L << SHIFT) - 1)) / (double) (1L << SHIFT);
        return powers[point] + part * (powers[point + 1] - powers[point]);
    }
}
