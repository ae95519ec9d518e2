/**
 * Weights from the distance d to the own centroid, normalised within the cluster: {@code d~ = (d - dmin) / (dmax - dmin)}.
 *
 * <p>{@code min-max} is the paper's equation 23, {@code 1 - d~ + gamma}: near the centre means certain. {@code affine} is
 * what the original program computes, {@code 0.875 + d~ / 4}, which rises with the distance. In both, d is the squared
 * distance unless {@code power} says otherwise. A cluster of one sample or without spread beyond rounding weighs 1. A sibling formula is a provider, its options and an {@code Uncertainty}.
 */
@NullMarked
package io.uad.plugin.uncertainty.distance;

import org.jspecify.annotations.NullMarked;
