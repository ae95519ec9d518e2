/**
 * What computes: compiles a {@link io.uad.api.backbone.Network}, trains it, and lends its linear algebra.
 */
@NullMarked
package io.uad.api.engine;

import org.jspecify.annotations.NullMarked;
