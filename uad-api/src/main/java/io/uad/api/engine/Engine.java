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

    /**
     * Joins the other processes of a run and waits until all are there; at most once, and before any session is opened.
     *
     * <p>In the sessions that follow, {@link TrainingSession#backward} is collective, too: each process brings its part of a
     * joint batch, at least one sample, and every one gets the gradients and the outcome of the whole. The parts may differ
     * in size.
     *
     * @return the group, which the engine closes at the latest
     * @throws io.uad.api.UadException of kind CONFIG if the engine lacks {@link Capability#PROCESS_GROUPS}; of kind RESOURCE
     *     if not all come in time, two have the same rank, or the port is taken
     */
    default ProcessGroup join(Membership membership) {
        capabilities().requireProcessGroups();
        throw new UnsupportedOperationException(
                capabilities().library() + " says that it joins processes, and does not");
    }

    /** This engine's matrix products; lives as long as the engine. */
    LinearAlgebra linearAlgebra();

    /** Frees everything, sessions included. */
    @Override
    void close();
}
