package io.uad.runtime.process;

/**
 * How a value goes from one process to another.
 *
 * @param <T> its type
 */
public interface Form<T> {
    /** Sends all parts of a value. */
    void write(T value, Sender out);

    /** Takes the parts in that order. */
    T read(Receiver in);
}
