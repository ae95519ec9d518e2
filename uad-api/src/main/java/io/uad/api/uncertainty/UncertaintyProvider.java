package io.uad.api.uncertainty;

import io.uad.api.ComponentProvider;

/**
 * Registers a formula of uncertainty.
 *
 * @since 0.1
 */
public interface UncertaintyProvider extends ComponentProvider<Uncertainty> {}
