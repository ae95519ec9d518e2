/**
 * The pretext run: the loop over epochs, its sampling, its first weights.
 */
@NullMarked
package io.uad.runtime.training;

import org.jspecify.annotations.NullMarked;
