package io.uad.api.engine;

import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;

/**
 * A numeric library on one device. It owns its native memory, threads, gradient mode and class-loader context; nothing of
 * these crosses this border.
 *
 * <p>Not thread-safe: the runtime calls it from one thread at a time, not always the same.
 *
 * @since 0.1
 */
public interface Engine extends AutoCloseable {
    /** Which library this is, and the device and threads that it chose. */
    EngineCapabilities capabilities();

    /**
     * Compiles a network, without a head, and gives it a state.
     *
     * @param state every parameter of {@link Network#parameters()}, and optionally the head's; copied. Other names are
     *     passed over or refused
     * @return a new session, the caller's to close
     * @throws io.uad.api.UadException of kind CONFIG if a layer cannot be compiled, DATA if the state does not fit
     */
    TrainingSession open(Network network, NamedTensors state);

    /** This engine's matrix products; lives as long as the engine. */
    LinearAlgebra linearAlgebra();

    /** Frees everything, sessions included. */
    @Override
    void close();
}
