package io.uad.api.backbone;

import io.uad.api.ComponentProvider;

/** Registers a backbone. */
public interface BackboneProvider extends ComponentProvider<Backbone> {}
