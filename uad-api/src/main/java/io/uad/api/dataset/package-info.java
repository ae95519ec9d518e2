/**
 * First stage: where images (or ready-made vectors) come from.
 */
@NullMarked
package io.uad.api.dataset;

import org.jspecify.annotations.NullMarked;
