package io.uad.runtime.image;

import io.uad.api.Batch;
import io.uad.api.UadException;
import io.uad.api.VectorBatch;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one pass, in order. To be used by one thread, and closed.
 *
 * <p>Its methods throw a {@link UadException} when a worker fails or too many samples are bad, and a
 * {@link CancellationException} when the calling thread is interrupted.
 */
public final class ImageStream implements Iterator<LoadedBatch>, AutoCloseable {
    private final ReadAhead<Row> rows;
    private final BadImages bad;
    private final int[] order;
    private final Normalization normalization;
    private final int batch;
    private final Optional<Consumer<Batch>> upcoming;
    private final LongAdder waitedNanos;
    private @Nullable LoadedBatch next;

    ImageStream(
            ReadAhead.Work<Row> source,
            BadImages bad,
            int[] order,
            int start,
            Normalization normalization,
            int batch,
            ImageLoader.Settings settings,
            Optional<Consumer<Batch>> upcoming,
            LongAdder waitedNanos) {
        this.bad = bad;
        this.order = order;
        this.normalization = normalization;
        this.batch = batch;
        this.upcoming = upcoming;
        this.waitedNanos = waitedNanos;
        var ahead = Math.multiplyExact(batch, settings.prefetch());
        this.rows = new ReadAhead<>(source, order, start, bad::contains, settings.workers(), ahead);
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
        upcoming.ifPresent(this::announce);
        return result;
    }

    /** Loads the next batch if that takes no waiting and brings no bad news, which have to wait for their turn. */
    private void announce(Consumer<Batch> consumer) {
        if (rows.isReady(batch, row -> !(row instanceof Row.Bad))) {
            next = load();
        }
        if (next != null) {
            consumer.accept(next.inputs());
        }
    }

    /**
     * Stops the workers and waits for what they are at, which is dropped; not for long, since a dataset may hang. Does
     * nothing the second time.
     */
    @Override
    public void close() {
        rows.close();
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
        var good = new ArrayList<Row>();
        var first = 0;
        var last = 0;
        while (good.size() < batch) {
            var done = rows.next();
            if (done == null) {
                break;
            }
            if (done.result() instanceof Row.Bad failed) {
                bad.add(failed.image());
            } else {
                first = good.isEmpty() ? done.position() : first;
                last = done.position();
                indices[good.size()] = order[done.position()];
                good.add(done.result());
            }
        }
        if (good.isEmpty()) {
            return null;
        }
        var inputs = good.get(0) instanceof Row.Vector ? vectors(good) : images(good);
        return new LoadedBatch(
                Arrays.copyOf(indices, good.size()), first, last + 1L, inputs.size() / good.size(), inputs);
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
        var images = new ArrayList<Image>();
        var views = new ArrayList<View>();
        for (var row : rows) {
            images.addAll(((Row.Views) row).images());
            views.addAll(((Row.Views) row).views());
        }
        return new ImageBatch(images, views, normalization);
    }
}
