package io.uad.api.clustering;

import io.uad.api.ComponentProvider;

/**
 * Registers a clustering algorithm.
 *
 * @since 0.1
 */
public interface ClusteringProvider extends ComponentProvider<ClusteringAlgorithm> {}
