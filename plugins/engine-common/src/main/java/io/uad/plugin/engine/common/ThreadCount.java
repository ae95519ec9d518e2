package io.uad.plugin.engine.common;

import io.uad.api.UadException;
import java.util.function.IntConsumer;

/** A library's thread count. It is the whole process's, so engines that are open at once must agree on it. */
public final class ThreadCount {
    private final IntConsumer library;
    private int users;
    private int count;

    /** @param library sets the count */
    public ThreadCount(IntConsumer library) {
        this.library = library;
    }

    /**
     * Sets the count for an engine that opens.
     *
     * @throws UadException of kind CONFIG if another engine is open with another count
     */
    public synchronized void claim(int threads) {
        if (users > 0 && threads != count) {
            throw UadException.config(
                    threads + " threads were asked for while another engine of this process runs with " + count,
                    "engine.threads",
                    "one count for the process: results depend on it",
                    "Use engine.threads: " + count + ", or close the other engine first");
        }
        library.accept(threads);
        count = threads;
        users++;
    }

    /** Gives back what one {@link #claim} took. */
    public synchronized void release() {
        users--;
    }
}
