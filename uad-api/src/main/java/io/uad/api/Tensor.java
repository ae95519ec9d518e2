package io.uad.api;

import java.util.Arrays;
import java.util.List;

/**
 * A plain array with a shape, in C order. The array is shared, not copied: whoever makes a tensor hands it over.
 *
 * @param shape sizes, outermost first; empty for a scalar
 * @param values a {@code float[]}, {@code int[]} or {@code long[]} whose length is the product of the shape; another type
 *     or length is an {@link IllegalArgumentException}
 * @since 0.1
 */
public record Tensor(List<Integer> shape, Object values) {
    public Tensor {
        shape = List.copyOf(shape);
        var expected = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        var length = length(values);
        if (length != expected) {
            throw new IllegalArgumentException("shape " + shape + " needs " + expected + " values, not " + length);
        }
    }

    /**
     * Float32 values.
     *
     * @throws IllegalArgumentException if the length of {@code values} is not the product of {@code shape}
     */
    public static Tensor of(float[] values, Integer... shape) {
        return new Tensor(List.of(shape), values);
    }

    /**
     * 32-bit integers.
     *
     * @throws IllegalArgumentException if the length of {@code values} is not the product of {@code shape}
     */
    public static Tensor of(int[] values, Integer... shape) {
        return new Tensor(List.of(shape), values);
    }

    /**
     * 64-bit integers.
     *
     * @throws IllegalArgumentException if the length of {@code values} is not the product of {@code shape}
     */
    public static Tensor of(long[] values, Integer... shape) {
        return new Tensor(List.of(shape), values);
    }

    /**
     * The values as float32.
     *
     * @throws IllegalStateException if they are of another type
     */
    public float[] floats() {
        return as(float[].class);
    }

    /**
     * The values as int32.
     *
     * @throws IllegalStateException if they are of another type
     */
    public int[] ints() {
        return as(int[].class);
    }

    /**
     * The values as int64.
     *
     * @throws IllegalStateException if they are of another type
     */
    public long[] longs() {
        return as(long[].class);
    }

    /** The number of values. */
    public int size() {
        return length(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && shape.equals(tensor.shape)
                && Arrays.deepEquals(new Object[] {values}, new Object[] {tensor.values});
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.deepHashCode(new Object[] {values});
    }

    @Override
    public String toString() {
        return values.getClass().getComponentType() + shape.toString();
    }

    private <T> T as(Class<T> type) {
        if (!type.isInstance(values)) {
            throw new IllegalStateException(
                    "tensor holds " + values.getClass().getSimpleName() + ", not " + type.getSimpleName());
        }
        return type.cast(values);
    }

    private static int length(Object values) {
        if (values instanceof float[] floats) {
            return floats.length;
        }
        if (values instanceof int[] ints) {
            return ints.length;
        }
        if (values instanceof long[] longs) {
            return longs.length;
        }
        throw new IllegalArgumentException("values must be float[], int[] or long[], were " + values.getClass());
    }
}
