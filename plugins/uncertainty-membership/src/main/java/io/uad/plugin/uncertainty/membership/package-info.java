/**
 * Weights from how a row's own cluster stands among its nearest ones: certainty in 0..1, plus {@code gamma}.
 *
 * <ul>
 *   <li>{@code fuzzy-c-means}: the membership of the own cluster (J. C. Bezdek, <i>Pattern Recognition with Fuzzy Objective
 *       Function Algorithms</i>, 1981), {@code u_i = 1 / sum_k (d_i / d_k)^(2 / (m - 1))}.
 *   <li>{@code entropy}: {@code 1 - H / ln n} of the n soft assignments {@code softmax(-d_k^2 / t)} (C. E. Shannon, 1948).
 *   <li>{@code margin}: {@code (d_2 - d_1) / d_2} between the nearest two, which is margin sampling (T. Scheffer, C. Decomain,
 *       S. Wrobel, IDA 2001) on distances instead of probabilities.
 * </ul>
 *
 * <p>d is the distance to a centroid. Only clusters with members count; with a single one, and in clusters whose members
 * cannot be told apart, every weight is 1. A row that is nearer to another centroid than to its own, as with PIC, gets the
 * lowest weight from {@code entropy} and {@code margin}. A sibling formula is a {@code Certainty}, a provider and its options.
 */
@NullMarked
package io.uad.plugin.uncertainty.membership;

import org.jspecify.annotations.NullMarked;
