package io.uad.api.engine;

import io.uad.api.TensorShape;

/**
 * What a tap held for a batch.
 *
 * @param tap the tap
 * @param samples B
 * @param shape of one sample, after the selection of channels
 * @param values {@code [B, C, H, W]} in C order; owned by the receiver
 */
public record Activation(String tap, int samples, TensorShape shape, float[] values) {
    public Activation {
        if (values.length != Math.multiplyExact(samples, shape.size())) {
            throw new IllegalArgumentException(values.length + " values are not " + samples + " of " + shape);
        }
    }
}
