package io.uad.api.reduction;

import io.uad.api.ComponentProvider;

/** Registers a reduction. */
public interface ReductionProvider extends ComponentProvider<Reduction> {}
