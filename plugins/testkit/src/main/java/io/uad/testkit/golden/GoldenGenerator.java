package io.uad.testkit.golden;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;

/**
 * The generator behind every large golden input: number {@code i} of a named stream.
 *
 * @param seed of the set of files
 */
public record GoldenGenerator(long seed) {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /** FNV-1a over the UTF-8 bytes. */
    public static long fnv(String name) {
        var hash = 0xCBF29CE484222325L;
        for (var b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The start of a named stream. */
    public long stream(String name) {
        return mix(seed + GAMMA) ^ fnv(name);
    }

    /** 24 random bits. */
    public long bits(String name, long i) {
        return bits(stream(name), i);
    }

    /** Doubles in [-1, 1). */
    public double[] unit(String name, int count) {
        var stream = stream(name);
        var values = new double[count];
        for (var i = 0; i < count; i++) {
            values[i] = bits(stream, i) / 8388608.0 - 1.0;
        }
        return values;
    }

    /** {@code (float) (offset + bound * u)}. */
    public float[] floats(String name, int count, double bound, double offset) {
        var stream = stream(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (offset + bound * (bits(stream, i) / 8388608.0 - 1.0));
        }
        return values;
    }

    /** Integers in [0, upper). */
    public int[] ints(String name, int count, int upper) {
        var stream = stream(name);
        var values = new int[count];
        for (var i = 0; i < count; i++) {
            values[i] = (int) ((bits(stream, i) * upper) >> 24);
        }
        return values;
    }

    /** Integers in [-128, 127]. */
    public int[] small(String name, int count) {
        var stream = stream(name);
        var values = new int[count];
        for (var i = 0; i < count; i++) {
            values[i] = (int) (bits(stream, i) >> 16) - 128;
        }
        return values;
    }

    /** Distinct integers in [0, upper), repeats left out. */
    public int[] distinct(String name, int count, int upper) {
        var stream = stream(name);
        var found = new LinkedHashSet<Integer>();
        for (var i = 0L; found.size() < count; i++) {
            found.add((int) ((bits(stream, i) * upper) >> 24));
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Rows around centres: {@code (float) (centre[i mod groups] + spread * noise[i])}. */
    public float[] blobs(String name, int rows, int columns, int groups, double spread) {
        var centre = unit(name + "/centre", groups * columns);
        var noise = unit(name + "/noise", rows * columns);
        var values = new float[rows * columns];
        for (var i = 0; i < rows; i++) {
            for (var j = 0; j < columns; j++) {
                values[i * columns + j] = (float) (centre[i % groups * columns + j] + spread * noise[i * columns + j]);
            }
        }
        return values;
    }

    private static long bits(long stream, long i) {
        return mix(stream + (i + 1) * GAMMA) >>> 40;
    }

    private static long mix(long bits) {
        var z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
