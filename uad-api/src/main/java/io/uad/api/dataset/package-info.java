/**
 * First stage: where samples come from: images, encoded as in their files or decoded already, or vectors.
 */
@NullMarked
package io.uad.api.dataset;

import org.jspecify.annotations.NullMarked;
