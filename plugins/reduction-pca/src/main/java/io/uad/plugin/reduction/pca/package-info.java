/**
 * Principal component analysis (Pearson, 1901) with whitening, as DeepCluster uses it: exact where the smaller side of the
 * sample is at most 2,048, by a randomised block Krylov method (Musco, Musco, NeurIPS 2015; Halko, Martinsson, Tropp, SIAM
 * Review 53, 2011) above. A sibling reduction is a provider, its options and a {@code Reduction}.
 */
@NullMarked
package io.uad.plugin.reduction.pca;

import org.jspecify.annotations.NullMarked;
