package io.uad.plugin.engine.dl4j;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads for what is done on the heap. Work is divided by the sizes of the data alone, so their number changes no bit. */
final class Workers implements AutoCloseable {
    private static final int SLOTS = 3;
    private static final ThreadLocal<float[][]> SCRATCH = ThreadLocal.withInitial(() -> new float[SLOTS][0]);

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

    /**
     * An array of the thread that asks, which saves the JVM from clearing a new one for each piece of work.
     *
     * @param slot 0 to 2: the same one is the same array
     * @return at least so long, with any values
     */
    static float[] scratch(int slot, int length) {
        var arrays = SCRATCH.get();
        if (arrays[slot].length < length) {
            arrays[slot] = new float[length];
        }
        return arrays[slot];
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
