package io.uad.api.dataset;

import io.uad.api.image.Image;

/**
 * What one sample holds.
 *
 * @since 0.1
 */
public sealed interface Content {
    /**
     * An image file's bytes; the runtime decodes them.
     *
     * @param bytes the whole file; owned by the receiver
     */
    record Encoded(byte[] bytes) implements Content {}

    /**
     * Pixels that need no decoding.
     *
     * @param image RGB; not changed afterwards
     */
    record Decoded(Image image) implements Content {}
}
