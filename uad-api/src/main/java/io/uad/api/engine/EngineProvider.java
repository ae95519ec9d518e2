package io.uad.api.engine;

import io.uad.api.ComponentProvider;

/**
 * Registers an engine. Natives are loaded by {@link #create}, never by the constructor. Options should have the keys
 * {@code device} (see {@link DeviceChoice}), {@code threads} and {@code precision} (see {@link Precision}).
 *
 * @since 0.1
 */
public interface EngineProvider extends ComponentProvider<Engine> {}
