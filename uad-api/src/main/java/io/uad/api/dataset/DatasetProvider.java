package io.uad.api.dataset;

import io.uad.api.ComponentProvider;

/**
 * Registers a dataset. Its options should have a key {@code path}: that is where {@code uad train DIR} and the probe put
 * their folder.
 *
 * @since 0.1
 */
public interface DatasetProvider extends ComponentProvider<Dataset> {}
