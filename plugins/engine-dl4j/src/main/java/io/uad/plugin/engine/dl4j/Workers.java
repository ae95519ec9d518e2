package io.uad.plugin.engine.dl4j;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads for what is done on the heap. Work is divided by the sizes of the data alone, so their number changes no bit. */
final class Workers implements AutoCloseable {
    private final ForkJoinPool pool;

    Workers(int threads) {
        this.pool = new ForkJoinPool(threads);
    }

    /** Does the work for each of 0 to {@code count} - 1, in no particular order; each writes what no other touches. */
    void forEach(int count, IntConsumer work) {
        var all = IntStream.range(0, count);
        if (pool.getParallelism() == 1 || count == 1) {
            all.forEach(work);
        } else {
            pool.invoke(ForkJoinTask.adapt(() -> all.parallel().forEach(work))); // stays within the pool
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
