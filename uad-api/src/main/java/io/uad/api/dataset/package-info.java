/**
 * First stage: where images come from, encoded as in their files or decoded already.
 */
@NullMarked
package io.uad.api.dataset;

import org.jspecify.annotations.NullMarked;
