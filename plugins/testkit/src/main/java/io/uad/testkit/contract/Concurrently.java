package io.uad.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Calls something from several threads at once. */
final class Concurrently {
    private static final int THREADS = 4;

    private Concurrently() {}

    /** The results of the calls 0 to {@code count} - 1, in order; what a call throws is thrown. */
    static <T> List<T> call(int count, IntFunction<Callable<T>> calls) throws Exception {
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            var futures = new ArrayList<Future<T>>();
            for (var i = 0; i < count; i++) {
                futures.add(pool.submit(calls.apply(i)));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("called from several threads: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
