package io.uad.api.dataset;

import java.io.IOException;

/**
 * An ordered collection of samples, which does not change while it is open. Two that have one fingerprint are taken for
 * equal.
 *
 * <p>Called from several threads at once.
 *
 * @since 0.1
 */
public interface Dataset {
    /** What the whole is. */
    DatasetSummary summary();

    /** N, the number of samples. */
    int size();

    /**
     * Name and label of one sample, without reading it.
     *
     * @param index 0 to {@code size() - 1}
     * @throws IndexOutOfBoundsException if it is not
     */
    Sample sample(int index);

    /**
     * Reads one sample.
     *
     * @param index 0 to {@code size() - 1}
     * @return the receiver's
     * @throws IOException if it cannot be read; the runtime then names it and leaves it out
     */
    Content read(int index) throws IOException;
}
