/**
 * Weights from the distance d to the own centroid, normalised within the cluster: {@code d~ = (d - dmin) / (dmax - dmin)}.
 *
 * <p>{@code min-max} is the paper's equation 23, {@code 1 - d~ + gamma}: near the centre means certain. {@code affine} is
 * what the original program computes, {@code 0.875 + d~ / 4}, which rises with the distance. In both, d is the squared
 * distance unless {@code power} says otherwise. {@code rank} puts the rank of the distance among the n of its cluster,
 * divided by n - 1, in the place of d~ in the paper's equation, so that no single outlier decides about all others; equal
 * distances share their mean rank (M. G. Kendall, Biometrika 33, 1945).
 *
 * <p>A cluster of one sample or without spread beyond rounding weighs 1. A sibling formula is a {@code DistanceScale}, a
 * provider and its options.
 */
@NullMarked
package io.uad.plugin.uncertainty.distance;

import org.jspecify.annotations.NullMarked;
