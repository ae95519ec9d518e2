package io.uad.api;

import java.nio.FloatBuffer;

/**
 * The inputs of one step: {@code [B, C, H, W]}.
 *
 * <p>An engine that knows no better asks for floats; one that augments on its device looks for
 * {@link io.uad.api.image.ImageBatch}.
 *
 * @since 0.1
 */
public interface Batch {
    /** B, at least 1. */
    int size();

    /** The shape of one sample. */
    TensorShape shape();

    /**
     * Writes all samples as float32 in C order, from the buffer's position on.
     *
     * @throws java.nio.BufferOverflowException if fewer than {@code size() * shape().size()} floats remain
     */
    void writeTo(FloatBuffer target);
}
