package io.uad.api.listener;

import io.uad.api.ComponentProvider;

/**
 * Registers a listener.
 *
 * @since 0.1
 */
public interface ListenerProvider extends ComponentProvider<RunListener> {}
