package io.uad.api.image;

/**
 * An RGB image: one byte (0 to 255) per channel, row by row, channels interleaved.
 *
 * @since 0.1
 */
public final class Image {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * @param width in pixels
     * @param height in pixels
     * @param rgb {@code height * width * 3} bytes; not copied, and not to be changed afterwards
     * @throws IllegalArgumentException if a side is below 1 or the length is wrong
     */
    public Image(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(rgb.length + " bytes are no RGB image of " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** The pixels themselves, not a copy: {@code rgb()[(y * width() + x) * 3 + channel]}. Read only. */
    public byte[] rgb() {
        return rgb;
    }
}
