package io.uad.runtime.engine;

import io.uad.api.UadException;

/**
 * How much of a run is traced.
 *
 * @param images of the dataset, at equal distances; all if there are fewer
 * @param batch images per step, 2 or more, since batch normalisation needs that
 * @param steps training steps, 1 or more
 * @param classes outputs of the head, 2 or more
 */
public record TracedWork(int images, int batch, int steps, int classes) {
    public TracedWork {
        if (images < batch || batch < 2 || steps < 1 || classes < 2) {
            throw UadException.config(
                    images + " images in batches of " + batch + ", " + steps + " steps and " + classes + " classes",
                    "engines compare",
                    "2 images or more in a batch, at least as many images, 1 step or more, 2 classes or more",
                    "Correct --images, --batch or --steps");
        }
    }
}
