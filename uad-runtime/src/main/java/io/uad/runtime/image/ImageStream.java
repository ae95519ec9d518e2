package io.uad.runtime.image;

import io.uad.api.Batch;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.VectorBatch;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one pass, in order. To be used by one thread, and closed.
 *
 * <p>Its methods throw a {@link UadException} when a worker fails or too many samples are bad, and a
 * {@link CancellationException} when the calling thread is interrupted.
 */
public final class ImageStream implements Iterator<LoadedBatch>, AutoCloseable {
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static final int LAST_WORK_SECONDS = 5;

    /** Rows on their way, in order. It is never longer than the batches that may be prepared ahead. */
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    private final Row.Source source;
    private final BadImages bad;
    private final int[] order;
    private final Normalization normalization;
    private final int batch;
    private final int ahead;
    private final ExecutorService workers;
    private final LongAdder waitedNanos;
    private int submitted;
    private @Nullable LoadedBatch next;

    private record Pending(int position, Future<Row> row) {}

    ImageStream(
            Row.Source source,
            BadImages bad,
            int[] order,
            int start,
            Normalization normalization,
            int batch,
            ImageLoader.Settings settings,
            LongAdder waitedNanos) {
        this.source = source;
        this.bad = bad;
        this.order = order;
        this.submitted = start;
        this.normalization = normalization;
        this.batch = batch;
        this.waitedNanos = waitedNanos;
        this.ahead = Math.multiplyExact(batch, settings.prefetch());
        var name = "uad-images-" + STREAMS.incrementAndGet() + "-";
        var number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(settings.workers(), work -> {
            var thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        fill();
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = load();
        }
        return next != null;
    }

    @Override
    public LoadedBatch next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the pass is over");
        }
        var result = next;
        next = null;
        return result;
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

    /** The next batch, or null at the end. */
    private @Nullable LoadedBatch load() {
        var began = System.nanoTime();
        try {
            return gather();
        } finally {
            waitedNanos.add(System.nanoTime() - began);
        }
    }

    private @Nullable LoadedBatch gather() {
        var indices = new int[batch];
        var rows = new ArrayList<Row>();
        var first = 0;
        var last = 0;
        while (rows.size() < batch && !pending.isEmpty()) {
            var position = pending.element().position();
            var row = await(pending.remove().row());
            fill();
            if (row instanceof Row.Bad failed) {
                bad.add(failed.image());
            } else {
                first = rows.isEmpty() ? position : first;
                last = position;
                indices[rows.size()] = order[position];
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            close();
            return null;
        }
        var inputs = rows.get(0) instanceof Row.Vector ? vectors(rows) : images(rows);
        return new LoadedBatch(
                Arrays.copyOf(indices, rows.size()), first, last + 1L, inputs.size() / rows.size(), inputs);
    }

    private static Batch vectors(List<Row> rows) {
        var columns = ((Row.Vector) rows.get(0)).values().length;
        var values = new float[Math.multiplyExact(rows.size(), columns)];
        for (var i = 0; i < rows.size(); i++) {
            System.arraycopy(((Row.Vector) rows.get(i)).values(), 0, values, i * columns, columns);
        }
        return new VectorBatch(values, rows.size(), columns);
    }

    private Batch images(List<Row> rows) {
        var images = rows.stream()
                .flatMap(row -> ((Row.Views) row).images().stream())
                .toList();
        var whole = View.whole(images.get(0).width());
        return new ImageBatch(images, Collections.nCopies(images.size(), whole), normalization);
    }

    /** Hands out work until enough is on its way. */
    private void fill() {
        while (submitted < order.length && pending.size() < ahead) {
            var position = submitted++;
            var index = order[position];
            if (!bad.contains(index)) {
                pending.add(new Pending(position, workers.submit(() -> source.load(position, index))));
            }
        }
    }

    private Row await(Future<Row> row) {
        try {
            return row.get();
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
