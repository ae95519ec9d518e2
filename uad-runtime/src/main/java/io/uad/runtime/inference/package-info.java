/**
 * Uses what was learned: reads features of any images, and finds their clusters.
 */
@NullMarked
package io.uad.runtime.inference;

import org.jspecify.annotations.NullMarked;
