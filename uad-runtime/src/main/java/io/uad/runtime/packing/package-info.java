/**
 * Copies the images of a dataset into one that is read faster, and finds those of a dataset that cannot be read.
 */
@NullMarked
package io.uad.runtime.packing;

import org.jspecify.annotations.NullMarked;
