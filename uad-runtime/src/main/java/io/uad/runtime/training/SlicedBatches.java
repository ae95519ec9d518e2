package io.uad.runtime.training;

import io.uad.api.UadException;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageStream;
import io.uad.runtime.image.LoadedBatch;
import io.uad.runtime.process.Processes;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an epoch, of whose samples each process loads a slice. The whole of a step has the samples, and each sample the
 * place, that it has in one process.
 *
 * <p>All processes have to know the same unreadable samples. One more stops the run: the others have cut their slices by then.
 */
final class SlicedBatches implements JointBatches {
    private final BadImages bad;
    private final Set<Integer> known;
    private final int batch;
    private final Processes processes;
    private final int[] positions;
    private final Opening opening;
    private ImageStream open;
    private int done;
    private boolean interrupted;

    /** Opens a pass over the samples at some places of the epoch's order. */
    @FunctionalInterface
    interface Opening {
        /** @param batch samples per batch */
        ImageStream open(int[] positions, int batch);
    }

    /**
     * @param order samples in the order of training
     * @param start the place in it to begin at
     * @param batch samples of a step, as many as there are processes or more
     */
    SlicedBatches(int[] order, int start, int batch, BadImages bad, Processes processes, Opening opening) {
        this.bad = bad;
        this.known = bad.all().stream().map(BadImage::index).collect(Collectors.toSet());
        this.batch = batch;
        this.processes = processes;
        this.positions = IntStream.range(start, order.length)
                .filter(position -> !known.contains(order[position]))
                .toArray();
        this.opening = opening;
        this.open = opened(0);
    }

    /** The samples from a step on. Those of the last one, which is shorter, are opened when the others are used up. */
    private ImageStream opened(int step) {
        return step < fullSteps()
                ? opening.open(own(step, fullSteps()), processes.slice(batch).length())
                : opening.open(own(step, steps()), batch); // one batch at most
    }

    private void reopen(int step) {
        open.close();
        open = opened(step);
    }

    private int fullSteps() {
        return positions.length / batch;
    }

    private int steps() {
        return fullSteps() + (positions.length % batch == 0 ? 0 : 1);
    }

    /** Samples of a step. */
    private int size(int step) {
        return Math.min(batch, positions.length - step * batch);
    }

    /** The places of this process's samples in some steps. */
    private int[] own(int from, int to) {
        return IntStream.range(from, to)
                .flatMap(step -> {
                    var slice = processes.slice(size(step));
                    var first = step * batch + slice.first();
                    return IntStream.range(first, first + slice.length());
                })
                .map(place -> positions[place])
                .toArray();
    }

    @Override
    public boolean hasNext() {
        return done < steps();
    }

    @Override
    public JointBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over");
        }
        var step = done++;
        if (step == fullSteps() && step > 0) {
            reopen(step);
        }
        var slice = processes.slice(size(step));
        var first = step * batch;
        return new JointBatch(
                part(step, slice.length()),
                positions[first] + slice.first(),
                positions[first + size(step) - 1] + 1L,
                size(step),
                size(step) < processes.size() ? processes.size() : 1);
    }

    private LoadedBatch part(int step, int length) {
        var part = loaded(step);
        var lost = bad.all().stream()
                .filter(image -> !known.contains(image.index()))
                .findFirst();
        if (lost.isPresent()) {
            throw UadException.data(
                    "it cannot be read any more: " + lost.get().reason(),
                    lost.get().path(),
                    "images that stay as they were when the epoch began, where several processes share a step",
                    "Repair the file and go on with --resume, or without it with --resume --allow-changes");
        }
        if (part == null || part.indices().length != length) {
            throw new IllegalStateException("a slice of " + length + " samples is not whole");
        }
        return part;
    }

    /** A thread that is interrupted has to do this step nevertheless: the others are in it, and hear of a stop before the next. */
    private @Nullable LoadedBatch loaded(int step) {
        try {
            return open.hasNext() ? open.next() : null;
        } catch (CancellationException e) {
            processes.requireStopped(e);
            interrupted |= Thread.interrupted();
            reopen(step);
            return open.hasNext() ? open.next() : null;
        }
    }

    @Override
    public void close() {
        open.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
