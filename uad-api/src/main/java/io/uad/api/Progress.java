package io.uad.api;

/**
 * Receives the progress of long work, and is the place where a run that is being stopped ends it.
 *
 * <p>Call it often (every iteration or block). It may throw a {@link java.util.concurrent.CancellationException}; let it
 * pass.
 */
@FunctionalInterface
public interface Progress {
    /** Ignores everything. */
    Progress NONE = (done, total) -> {};

    /**
     * Reports that {@code done} of {@code total} units are finished.
     *
     * @throws java.util.concurrent.CancellationException if the run is being stopped
     */
    void update(long done, long total);
}
