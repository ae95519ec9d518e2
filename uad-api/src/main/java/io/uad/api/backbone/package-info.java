/**
 * Networks as engine-neutral lists of layers, in the conventions and with the parameter names of PyTorch.
 *
 * <p>A backbone is a {@link io.uad.api.backbone.BackboneProvider}, its options, and a {@link io.uad.api.backbone.Backbone}
 * that lists layers, best with a {@link io.uad.api.backbone.NetworkBuilder}.
 */
@NullMarked
package io.uad.api.backbone;

import org.jspecify.annotations.NullMarked;
