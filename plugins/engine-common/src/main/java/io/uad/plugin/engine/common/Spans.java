package io.uad.plugin.engine.common;

import java.util.stream.IntStream;

/** Parts of rows or columns for as many threads as there are cores, each of which has parts of its own. */
final class Spans {
    /** Works on the rows from the first to before the last. */
    @FunctionalInterface
    interface Work {
        void on(int from, int to);
    }

    private Spans() {}

    /** Does the work, in no particular order. */
    static void forEach(int count, Work work) {
        var parts = Math.min(count, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> work.on(bound(part, parts, count), bound(part + 1, parts, count)));
    }

    private static int bound(int part, int parts, int count) {
        return (int) ((long) part * count / parts);
    }
}
