package io.uad.api.dataset;

import io.uad.api.ComponentProvider;

/**
 * Registers a dataset. Its options should have a key {@code path}: that is where {@code uad train DIR} and the probe put
 * their folder or file. If it has a key {@code labels}, the word {@code auto} there means those that lie beside it.
 *
 * @since 0.1
 */
public interface DatasetProvider extends ComponentProvider<Dataset> {}
