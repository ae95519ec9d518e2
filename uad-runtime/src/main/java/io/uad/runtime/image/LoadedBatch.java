package io.uad.runtime.image;

import io.uad.api.Batch;

/**
 * One batch of a pass, without the bad samples.
 *
 * @param indices {@code [B]} which sample of the dataset each row is
 * @param firstPosition the place of its first sample in the order of the pass
 * @param nextPosition the place after its last sample: where a pass that is resumed after this batch starts
 * @param views V, the number of views of each sample; 1 for vectors
 * @param inputs {@code [B * V]} views or vectors; all of the first sample come first
 */
public record LoadedBatch(int[] indices, long firstPosition, long nextPosition, int views, Batch inputs) {
    public LoadedBatch {
        if (inputs.size() != indices.length * views) {
            throw new IllegalArgumentException(
                    indices.length + " samples with " + views + " views are not " + inputs.size());
        }
    }
}
