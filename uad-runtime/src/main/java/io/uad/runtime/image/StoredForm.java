package io.uad.runtime.image;

import java.util.OptionalInt;

/**
 * How images are stored in a copy that is to be read faster.
 *
 * @param shortSide what the short side of larger images is resized to, in pixels; smaller ones keep their size, so that an
 *     evaluation that enlarges them does so from the original's pixels. Empty if all keep it
 * @param encoding of the pixels
 * @param quality of JPEG, 1 to 100, as the Independent JPEG Group counts it; unused for raw pixels
 */
public record StoredForm(OptionalInt shortSide, Encoding encoding, int quality) {
    /** What the bytes of an image are. */
    public enum Encoding {
        /** Red, green and blue of each pixel. */
        RAW,
        /** A JPEG file. One that already is and keeps its size is copied as it is. */
        JPEG
    }

    public StoredForm {
        if (shortSide.orElse(1) < 1 || quality < 1 || quality > 100) {
            throw new IllegalArgumentException(
                    "the short side must be 1 or more and quality 1 to 100, were " + shortSide + " and " + quality);
        }
    }
}
