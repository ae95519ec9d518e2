/**
 * k-means (Lloyd, IEEE Transactions on Information Theory 28, 1982) with empty clusters refilled as in Faiss. The engine
 * finds the nearest centroids; sums are double. A sibling algorithm is a provider, its options and a
 * {@code ClusteringAlgorithm}.
 */
@NullMarked
package io.uad.plugin.clustering.kmeans;

import org.jspecify.annotations.NullMarked;
