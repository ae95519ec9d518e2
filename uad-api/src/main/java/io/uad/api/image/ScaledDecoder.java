package io.uad.api.image;

import java.util.Optional;

/**
 * Decodes JPEG files at a fraction of their size, which takes a fraction of the time: large photographs are resized anyway.
 *
 * <p>A decoder is a choice of the user's. Without one, and wherever it declines, the runtime decodes in full. The runtime
 * also decides the reduction, an image's views, and what is a bad image; it resizes the rest of the way, so that what the
 * network sees is close to what it would have seen.
 *
 * <p>Equal arguments give equal pixels. Instances are shared between threads.
 *
 * @since 0.1
 */
public interface ScaledDecoder {
    /**
     * How many times larger than what is needed a reduced image must still be: with 2.0 an image of which 256 pixels are
     * needed is not reduced below 512. 1 or more, the same at each call.
     */
    double reducingGap();

    /**
     * Decodes a file so that each pixel stands for {@code reduction x reduction} of the original's, those at the right and
     * lower edge for what there is of them.
     *
     * @param jpeg from SOI to EOI, gray, YCbCr or RGB of 8 bits, without profiles, comments and EXIF data; not to be changed
     * @param width of the original in pixels, as the frame header says
     * @param height of the original in pixels
     * @param reduction 2, 4 or 8, and no more than the shorter side
     * @return an image of {@code ceil(width / reduction)} by {@code ceil(height / reduction)} pixels, gray ones as three
     *     equal channels; empty if there is anything about the file that it does not decode without a complaint
     */
    Optional<Image> decode(byte[] jpeg, int width, int height, int reduction);

    /** Pixels of a side once it is reduced: the quotient, rounded up. */
    static int reduced(int side, int reduction) {
        return (side + reduction - 1) / reduction;
    }
}
