package io.uad.plugin.clustering.smile;

import io.uad.api.Progress;
import io.uad.api.Seed;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import smile.math.MathEx;

/**
 * Runs an algorithm of Smile so that equal seeds give equal results on every machine.
 *
 * <p>Smile draws from a generator of the thread, and sums in parallel streams. How a stream is cut, and with it the
 * last bits of a sum, depends on the parallelism of the pool that it runs in: here always {@value #PARALLELISM}.
 */
final class SmileRun {
    private static final int PARALLELISM = 4;
    private static final int POLL_MILLISECONDS = 50;

    private SmileRun() {}

    /**
     * The result of the work. Meanwhile the calling thread asks the progress whether to stop: then Smile ends at its
     * next parallel step, on daemon threads.
     *
     * @param work does not use the progress itself
     * @throws CancellationException if the progress says so or the calling thread is interrupted
     */
    static <T> T of(Seed seed, Progress progress, Supplier<T> work) {
        var pool = new ForkJoinPool(PARALLELISM);
        try {
            var result = pool.submit(() -> {
                seed(seed);
                return work.get();
            });
            do {
                progress.update(0, 0);
            } while (!ended(result));
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while clustering").initCause(e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Waits for a while. */
    private static boolean ended(Future<?> result) throws InterruptedException, ExecutionException {
        try {
            result.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Smile notes the seeds of all threads in a plain set. */
    private static synchronized void seed(Seed seed) {
        MathEx.setSeed(seed.value());
    }

    /** What the work threw; a fork-join pool wraps it once or twice. */
    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
