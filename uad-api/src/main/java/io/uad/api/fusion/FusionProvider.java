package io.uad.api.fusion;

import io.uad.api.ComponentProvider;

/**
 * Registers a fusion.
 *
 * @since 0.1
 */
public interface FusionProvider extends ComponentProvider<Fusion> {}
