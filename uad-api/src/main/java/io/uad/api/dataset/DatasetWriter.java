package io.uad.api.dataset;

import java.io.IOException;

/**
 * Writes one dataset, sample by sample, to the stream that its {@link WriterRequest} names. Used by one thread at a time. What
 * was not finished is thrown away by whoever lent the stream.
 *
 * @since 0.1
 */
public interface DatasetWriter {
    /**
     * Writes the next sample.
     *
     * @param sample its name, and its label among the classes of the original
     * @param content an image; not kept
     * @throws IOException if it cannot be written
     */
    void add(Sample sample, Content content) throws IOException;

    /**
     * Notes a sample of the original that the copy does not have since it could not be read.
     *
     * @throws IOException if it cannot be written
     */
    void leaveOut(Sample sample) throws IOException;

    /**
     * Writes what comes last.
     *
     * @throws IOException if it cannot be written
     */
    void finish() throws IOException;
}
