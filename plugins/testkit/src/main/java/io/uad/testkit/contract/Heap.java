package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Finds what is kept from one call to the next. */
final class Heap {
    private static final int CALLS = 20;
    /** The inputs take more than a megabyte each, so that keeping those of 20 calls takes more than this. */
    private static final long MOST_GROWTH = 12 << 20;

    private Heap() {}

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static void assertFlat(Work work) throws Exception {
        work.run(); // what is made once is made here
        work.run();
        var before = used();
        for (var i = 0; i < CALLS; i++) {
            work.run();
        }
        var growth = used() - before;
        assertTrue(growth < MOST_GROWTH, CALLS + " calls left " + (growth >> 20) + " MiB behind");
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        var least = Long.MAX_VALUE;
        for (var i = 0; i < 3; i++) { // a collection that other threads disturb is not complete
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
