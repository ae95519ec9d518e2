package io.uad.api.engine;

import io.uad.api.Batch;

/**
 * The inputs of one training step.
 *
 * <p>The arrays are shared, not copied. An engine only reads them, and keeps none after the step.
 *
 * @param inputs B samples
 * @param labels {@code [B]}, 0 to classes - 1: outputs of the head, not clusters, which may be empty
 * @param weights {@code [B]}, finite, 0 or more
 * @param copies how many processes bring this very batch: 1, or all of a {@link ProcessGroup} where a joint batch has fewer
 *     samples than processes; each then normalises it as if alone
 * @since 0.1
 */
public record LabelledBatch(Batch inputs, int[] labels, float[] weights, int copies) {
    /** One that this process alone brings. */
    public LabelledBatch(Batch inputs, int[] labels, float[] weights) {
        this(inputs, labels, weights, 1);
    }

    public LabelledBatch {
        if (labels.length != inputs.size() || weights.length != inputs.size()) {
            throw new IllegalArgumentException(
                    inputs.size() + " inputs with " + labels.length + " labels and " + weights.length + " weights");
        }
    }
}
