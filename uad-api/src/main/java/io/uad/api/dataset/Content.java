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

    /**
     * The network's input itself; nothing is cut out or normalised.
     *
     * @param values finite, as many as {@link DatasetSummary#vectorLength()} says; owned by the receiver
     */
    record Vector(float[] values) implements Content {}
}
