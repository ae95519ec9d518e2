/**
 * Power iteration clustering on a graph of nearest neighbours, as the original DeepCluster program has it (Caron et al.,
 * ECCV 2018). It shares its first half with the method of that name by F. Lin and W. W. Cohen (ICML 2010), but then every
 * row climbs to a maximum of v, so that the number of clusters comes out of the data.
 *
 * <ol>
 *   <li>The nearest neighbours of each row: all of them, by the engine, or most of them, by
 *       {@link io.uad.plugin.clustering.pic.ApproximateNeighbours}.
 *   <li>{@link io.uad.plugin.clustering.pic.NeighbourGraph}: {@code w_ij = exp(-d_ij / sigma^2)} to the nearest neighbours,
 *       d the squared distance; {@code W = A + A^T}, a {@link io.uad.plugin.clustering.pic.SparseMatrix}.
 *   <li>{@link io.uad.plugin.clustering.pic.PowerIteration}: {@code v = alpha W v + (1 - alpha) / N}, divided by its sum.
 *   <li>{@link io.uad.plugin.clustering.pic.Partition}: every row points to the neighbour with the largest positive
 *       {@code w_ij (v_j - v_i)}, else to itself; a cluster is what ends in the same row. Clusters of one row are dissolved.
 * </ol>
 *
 * <p>A sibling algorithm is a provider, its options and a {@code ClusteringAlgorithm}; {@code ClusterMeans} gives one that
 * only labels rows its centroids and distances.
 */
@NullMarked
package io.uad.plugin.clustering.pic;

import org.jspecify.annotations.NullMarked;
