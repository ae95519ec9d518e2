package io.uad.runtime.inference;

import io.uad.api.FeatureMatrix;
import io.uad.runtime.image.LoadedBatch;

/** Turns images into rows of features. */
interface BatchFeatures extends AutoCloseable {
    /** D. */
    int columns();

    /** {@code [B, D]}, the caller's. */
    FeatureMatrix of(LoadedBatch batch);

    @Override
    void close();
}
