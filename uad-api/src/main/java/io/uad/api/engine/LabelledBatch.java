package io.uad.api.engine;

import io.uad.api.Batch;

/**
 * The inputs of one training step.
 *
 * @param inputs B samples
 * @param labels {@code [B]}, 0 to classes - 1
 * @param weights {@code [B]}, finite, 0 or more
 */
public record LabelledBatch(Batch inputs, int[] labels, float[] weights) {
    public LabelledBatch {
        if (labels.length != inputs.size() || weights.length != inputs.size()) {
            throw new IllegalArgumentException(
                    inputs.size() + " inputs with " + labels.length + " labels and " + weights.length + " weights");
        }
    }
}
