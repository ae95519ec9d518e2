package io.uad.api;

/**
 * The shape of one sample: channels, height, width; a plain vector is {@code [n, 1, 1]}.
 *
 * @param channels at least 1
 * @param height at least 1
 * @param width at least 1
 * @since 0.1
 */
public record TensorShape(int channels, int height, int width) {
    public TensorShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "every side must be 1 or more, was " + channels + "x" + height + "x" + width);
        }
    }

    /**
     * A plain vector.
     *
     * @param length at least 1
     */
    public static TensorShape vector(int length) {
        return new TensorShape(length, 1, 1);
    }

    /**
     * A square RGB image.
     *
     * @param side in pixels, at least 1
     */
    public static TensorShape image(int side) {
        return new TensorShape(3, side, side);
    }

    /**
     * Values per sample.
     *
     * @throws ArithmeticException if they are more than an {@code int} counts
     */
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    @Override
    public String toString() {
        return height == 1 && width == 1 ? "" + channels : channels + "x" + height + "x" + width;
    }
}
