package io.uad.api.engine;

import java.util.List;

/**
 * Processes that work on one run together, each with an engine of its own. Every call is collective: all processes make the
 * same calls in the same order, and each waits for the others, at most as long as {@link Membership#patience}.
 *
 * <p>A call throws an {@link io.uad.api.UadException} of kind RESOURCE if another process has ended or does not answer. The
 * group is then of no more use.
 *
 * @since 0.1
 */
public interface ProcessGroup extends AutoCloseable {
    /** Which of the processes this is, 0 to {@link #size} - 1. Process 0 leads: it decides, reports and writes. */
    int rank();

    /** How many processes there are, 2 or more. */
    int size();

    /**
     * Replaces each value by its sum over all processes, which is the same everywhere.
     *
     * @param values of the same length everywhere
     */
    void sum(double[] values);

    /**
     * Hands out what process 0 has.
     *
     * @param values of process 0; what others pass does not matter
     * @return those of process 0
     */
    byte[] broadcast(byte[] values);

    /**
     * Collects what each process has.
     *
     * @param values of this process, of any length
     * @return at process 0 those of all, by rank; empty elsewhere
     */
    List<byte[]> gather(byte[] values);

    /** Leaves the group, which wakes those who wait for this process with an error. */
    @Override
    void close();
}
