package io.uad.api.backbone;

import io.uad.api.ComponentProvider;

/**
 * Registers a backbone.
 *
 * @since 0.1
 */
public interface BackboneProvider extends ComponentProvider<Backbone> {}
