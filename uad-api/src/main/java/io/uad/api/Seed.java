package io.uad.api;

import java.util.Arrays;

/**
 * A counter-based source of randomness: number {@code i} of a seed is a function of the two alone.
 *
 * <p>Nothing is drawn <em>from</em> a seed, so neither thread count nor history changes a result. Seeds for parts of the
 * work are derived by name and number: {@code run.derive("clustering").derive(epoch)}. The mixing function is that of
 * SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 *
 * @param value 64 bits, any
 * @since 0.1
 */
public record Seed(long value) {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /** The seed of a named part. */
    public Seed derive(String name) {
        var hash = 0xCBF29CE484222325L; // FNV-1a
        for (var i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new Seed(mix(mix(value + GAMMA) ^ hash));
    }

    /** The seed of a numbered part: an epoch, a sample. */
    public Seed derive(long index) {
        return new Seed(mix(mix(value + GAMMA) + (index + 1) * GAMMA));
    }

    /** 64 random bits. */
    public long bits(long index) {
        return mix(value + (index + 1) * GAMMA);
    }

    /** A double in [0, 1), a multiple of 2^-53. */
    public double uniform(long index) {
        return (bits(index) >>> 11) * 0x1.0p-53;
    }

    /**
     * An integer in [0, bound).
     *
     * @throws IllegalArgumentException if {@code bound} is below 1
     */
    public int integer(long index, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be 1 or more, was " + bound);
        }
        return (int) Math.multiplyHigh(bits(index) >>> 1, (long) bound << 1);
    }

    /** A standard normal number (Box and Muller, 1958), from the uniforms {@code 2 index} and {@code 2 index + 1}. */
    public double gaussian(long index) {
        // Strict, because the others may differ in the last bit between platforms; roots are exact everywhere.
        var radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(2 * index)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(2 * index + 1));
    }

    /**
     * The first {@code count} entries of a random permutation of 0..n-1: distinct, in random order.
     *
     * @return a new array
     * @throws IllegalArgumentException if {@code count} is not in 0..n
     */
    public int[] choose(int count, int n) {
        if (count < 0 || count > n) {
            throw new IllegalArgumentException("count must lie in 0.." + n + ", was " + count);
        }
        var numbers = new int[n];
        for (var i = 0; i < n; i++) {
            numbers[i] = i;
        }
        for (var i = 0; i < count; i++) {
            var j = i + integer(i, n - i);
            var swap = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = swap;
        }
        return Arrays.copyOf(numbers, count);
    }

    private static long mix(long bits) {
        var z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
