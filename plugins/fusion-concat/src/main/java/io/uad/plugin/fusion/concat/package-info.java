/**
 * Fusion by concatenation, and its baseline without fusion.
 *
 * <p>The channels of the low tap are drawn once per run. The original program draws them anew for every batch of images in
 * folder order; columns then mean different things in different rows, and the class leaks through the order of the files.
 * A sibling fusion is a provider, its options and a {@code Fusion}.
 */
@NullMarked
package io.uad.plugin.fusion.concat;

import org.jspecify.annotations.NullMarked;
