package io.uad.plugin.engine.dl4j;

import io.uad.api.UadException;

/** The library's thread count. It is the whole process's, so engines that are open at once must agree on it. */
final class ThreadCount {
    private static int users;
    private static int count;

    private ThreadCount() {}

    /**
     * Sets the count for an engine that opens.
     *
     * @throws UadException of kind CONFIG if another engine is open with another count
     */
    static synchronized void claim(int threads) {
        if (users > 0 && threads != count) {
            throw UadException.config(
                    threads + " threads were asked for while another engine of this process runs with " + count,
                    "engine.threads",
                    "one count for the process: results depend on it",
                    "Use engine.threads: " + count + ", or close the other engine first");
        }
        Library.shareThreads(threads);
        count = threads;
        users++;
    }

    /** Gives back what one {@link #claim} took. */
    static synchronized void release() {
        users--;
    }
}
