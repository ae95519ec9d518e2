package io.uad.api.uncertainty;

import io.uad.api.ComponentProvider;

/** Registers a formula of uncertainty. */
public interface UncertaintyProvider extends ComponentProvider<Uncertainty> {}
