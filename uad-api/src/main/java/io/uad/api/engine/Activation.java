package io.uad.api.engine;

import io.uad.api.TensorShape;

/**
 * What a tap held for a batch.
 *
 * @param tap the tap
 * @param samples B, at least 1
 * @param shape of one sample, after the selection of channels
 * @param values {@code [B, C, H, W]} in C order; shared, not copied, and owned by the receiver; another length is an
 *     {@link IllegalArgumentException}
 * @since 0.1
 */
public record Activation(String tap, int samples, TensorShape shape, float[] values) {
    public Activation {
        if (values.length != Math.multiplyExact(samples, shape.size())) {
            throw new IllegalArgumentException(values.length + " values are not " + samples + " of " + shape);
        }
    }
}
