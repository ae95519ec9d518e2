package io.uad.api.listener;

/**
 * Sees what happens in a run. One that throws is reported once and then left out; the run goes on.
 *
 * <p>All events come from one thread, in order.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RunListener extends AutoCloseable {
    /** Something happened. Returns soon: the run waits. */
    void on(RunEvent event);

    /** The run is over, however it ended. */
    @Override
    default void close() {}
}
