package io.uad.api.fusion;

import io.uad.api.ComponentProvider;

/** Registers a fusion. */
public interface FusionProvider extends ComponentProvider<Fusion> {}
