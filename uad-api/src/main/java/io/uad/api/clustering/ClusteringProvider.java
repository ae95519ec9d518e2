package io.uad.api.clustering;

import io.uad.api.ComponentProvider;

/** Registers a clustering algorithm. */
public interface ClusteringProvider extends ComponentProvider<ClusteringAlgorithm> {}
