/**
 * Turns reduced features into pseudo-labels.
 */
@NullMarked
package io.uad.api.clustering;

import org.jspecify.annotations.NullMarked;
