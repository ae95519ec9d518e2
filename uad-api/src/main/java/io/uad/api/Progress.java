package io.uad.api;

/**
 * Receives the progress of long work, and is the place where a run that is being stopped ends it.
 *
 * <p>The units are the caller's own (rows, iterations), and may differ from call to call of different parts of the work;
 * whoever lends a progress decides what of it is shown. Call it often (every iteration or block). It may throw a {@link java.util.concurrent.CancellationException}; let it
 * pass.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Progress {
    /** Ignores everything. */
    Progress NONE = (done, total) -> {};

    /**
     * Reports that {@code done} of {@code total} units are finished.
     *
     * @param done 0 to {@code total}
     * @param total 0 or less if unknown
     * @throws java.util.concurrent.CancellationException if the run is being stopped
     */
    void update(long done, long total);
}
