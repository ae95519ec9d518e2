package io.uad.runtime.image;

import io.uad.api.image.ImageBatch;

/**
 * One batch of a pass, without the bad images.
 *
 * @param indices {@code [B]} which sample of the dataset each image is
 * @param firstPosition the place of its first image in the order of the pass
 * @param nextPosition the place after its last image: where a pass that is resumed after this batch starts
 * @param views V, the number of views of each image
 * @param images {@code [B * V]} views; all of the first image come first
 */
public record LoadedBatch(int[] indices, long firstPosition, long nextPosition, int views, ImageBatch images) {
    public LoadedBatch {
        if (images.size() != indices.length * views) {
            throw new IllegalArgumentException(
                    indices.length + " images with " + views + " views are not " + images.size());
        }
    }
}
