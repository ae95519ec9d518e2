/**
 * Joins low-level and high-level activations into one feature row per image.
 */
@NullMarked
package io.uad.api.fusion;

import org.jspecify.annotations.NullMarked;
