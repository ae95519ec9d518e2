package io.uad.api.listener;

import io.uad.api.ComponentProvider;

/** Registers a listener. */
public interface ListenerProvider extends ComponentProvider<RunListener> {}
