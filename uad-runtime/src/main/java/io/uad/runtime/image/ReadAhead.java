package io.uad.runtime.image;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What several threads make of samples, in the order of these, whatever the number of threads. To be used by one thread, and
 * closed.
 *
 * @param <T> what becomes of a sample
 */
final class ReadAhead<T> implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int LAST_WORK_SECONDS = 5;

    /** Samples on their way, in order; never more than may be. */
    private final ArrayDeque<Pending<T>> pending = new ArrayDeque<>();

    private final Work<T> work;
    private final int[] order;
    private final IntPredicate skipped;
    private final int ahead;
    private final ExecutorService workers;
    private int submitted;

    /** Done by several threads at once. */
    @FunctionalInterface
    interface Work<T> {
        T of(long position, int index);
    }

    /** What became of the sample at that place of the order. */
    record Done<T>(int position, T result) {}

    private record Pending<T>(int position, Future<T> result) {}

    /**
     * @param order indices of samples; not copied
     * @param start the place in it to begin at
     * @param skipped which samples are not worked on, asked as late as possible
     * @param threads 1 or more
     * @param ahead how many samples may be on their way, 1 or more
     */
    ReadAhead(Work<T> work, int[] order, int start, IntPredicate skipped, int threads, int ahead) {
        this.work = work;
        this.order = order;
        this.submitted = start;
        this.skipped = skipped;
        this.ahead = ahead;
        var name = "uad-images-" + NUMBER.incrementAndGet() + "-";
        var number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        fill();
    }

    /**
     * The next one, or null at the end.
     *
     * @throws UadException if a worker failed
     * @throws CancellationException if the calling thread is interrupted
     */
    @Nullable
    Done<T> next() {
        if (pending.isEmpty()) {
            close();
            return null;
        }
        var first = pending.remove();
        var done = new Done<>(first.position(), await(first.result()));
        fill();
        return done;
    }

    /**
     * Whether the next samples can be had without waiting, and all became what is wanted.
     *
     * @param count how many; fewer suffice at the end
     */
    boolean isReady(int count, Predicate<T> wanted) {
        return pending.stream().limit(count).allMatch(sample -> became(sample.result(), wanted));
    }

    private boolean became(Future<T> result, Predicate<T> wanted) {
        try {
            return result.isDone() && wanted.test(result.get());
        } catch (ExecutionException e) {
            return false; // it is reported in its turn
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Stops the workers and waits for what they are at, which is dropped; not for long, since a dataset may hang. Does
     * nothing the second time.
     */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pending.clear();
        submitted = order.length;
    }

    /** Hands out work until enough is on its way. */
    private void fill() {
        while (submitted < order.length && pending.size() < ahead) {
            var position = submitted++;
            var index = order[position];
            if (!skipped.test(index)) {
                pending.add(new Pending<>(position, workers.submit(() -> work.of(position, index))));
            }
        }
    }

    private T await(Future<T> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("interrupted while samples were loaded");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            close();
            if (e.getCause() instanceof UadException known) {
                throw known;
            }
            if (e.getCause() instanceof CancellationException cancelled) {
                throw cancelled;
            }
            throw new UadException(
                    ErrorKind.INTERNAL,
                    "loading a sample failed: " + e.getCause(),
                    "",
                    "",
                    "Run again with --verbose and report what it prints",
                    e.getCause());
        }
    }
}
