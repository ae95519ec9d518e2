/**
 * Clusterings of the library Smile 2.6.0 (LGPL-3.0): a component per algorithm, each named in its provider with its
 * paper.
 *
 * <p>Every result is in the terms of the API: labels are numbered by their first row, empty clusters are left out,
 * centroids are the means of the members and the objective is the sum of squared distances to them, whatever the
 * algorithm itself optimises.
 *
 * <p>What Smile needs around it:
 *
 * <ul>
 *   <li>{@link io.uad.plugin.clustering.smile.SmileRun} seeds its generator, which belongs to a thread, and gives its
 *       parallel sums a pool of fixed size, as their last bits depend on how the rows are cut.
 *   <li>{@link io.uad.plugin.clustering.smile.ScaledRows}, as its tolerances are absolute, and its formulas are not
 *       defined for clusters of equal rows.
 *   <li>Its own spectral clustering and UMAP need native libraries (OpenBLAS and ARPACK), which it does not bring. The
 *       first is done here with its k-means on eigenvectors by LAPACK in Java. The second would also lay out no rows
 *       but those of the largest part of the graph of neighbours, and not repeat itself:
 *       {@link io.uad.plugin.clustering.smile.Umap} is our own and uses nothing of Smile.
 * </ul>
 *
 * <p>There is no module descriptor: Smile's jars state no module names, so that they would hang on the names of files.
 * The plugin is for a folder of plugins, or the class path. A sibling is a provider, its options and a
 * {@code ClusteringAlgorithm}, and a line in {@code META-INF/services}.
 */
@NullMarked
package io.uad.plugin.clustering.smile;

import org.jspecify.annotations.NullMarked;
