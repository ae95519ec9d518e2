package io.uad.api.reduction;

import io.uad.api.ComponentProvider;

/**
 * Registers a reduction.
 *
 * @since 0.1
 */
public interface ReductionProvider extends ComponentProvider<Reduction> {}
