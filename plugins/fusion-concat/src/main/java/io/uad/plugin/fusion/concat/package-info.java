/**
 * Fusion of a low-level and a high-level tap: side by side ({@code concat}, {@code balanced-concat}), or projected at random
 * to one width and combined ({@code sum}, {@code product}, {@code matrix}, {@code noise}); and the baseline without fusion,
 * {@code high-only}.
 *
 * <p>UAD and its program concatenate. The others are strategies that the paper tried beside it; what each computes here is
 * stated at {@code Combination}.
 *
 * <p>The channels of the low tap are drawn once per run unless told otherwise. The original program draws them anew for every
 * batch of images in folder order; columns then mean different things in different rows, and the class leaks through the
 * order of the files.
 *
 * <p>A sibling is a provider, its options and a {@code LowAndHigh.Join}.
 */
@NullMarked
package io.uad.plugin.fusion.concat;

import org.jspecify.annotations.NullMarked;
