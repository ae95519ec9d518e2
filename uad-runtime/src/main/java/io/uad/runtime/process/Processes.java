package io.uad.runtime.process;

import io.uad.api.engine.ProcessGroup;
import io.uad.runtime.listener.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * The processes that work on a run, of which this is one, seen from the loop. All of them make the same calls in the same
 * order; alone, a call exchanges nothing.
 *
 * <p>A call throws a {@link io.uad.api.UadException} of kind RESOURCE if another process has ended or does not answer.
 */
public interface Processes {
    /** This process by itself. */
    static Processes alone(StopSignal stop) {
        return new Alone(stop);
    }

    /** This process by itself, which nobody stops. */
    static Processes alone() {
        return new Alone(new StopSignal());
    }

    /**
     * Some processes.
     *
     * @param stop of this one; raised by whichever process is asked to stop
     */
    static Processes of(ProcessGroup group, StopSignal stop) {
        return new Group(group, stop);
    }

    /** Which one this is, from 0. */
    int rank();

    /** How many there are, 1 or more. */
    int size();

    /** Whether this one decides, reports and writes. */
    default boolean leads() {
        return rank() == 0;
    }

    /** Whether there is no other. */
    default boolean isAlone() {
        return size() == 1;
    }

    /** Whether any process was asked to stop. All learn it at the same call, and so stop at the same place. */
    boolean stops();

    /**
     * Accepts that work of this process was cancelled, because it was asked to stop.
     *
     * @throws io.uad.api.UadException of kind PLUGIN if nobody asked
     */
    void requireStopped(CancellationException cancelled);

    /**
     * Has the leader do work of which all get the result.
     *
     * @param work done by the leader only; if it is cancelled, all are
     * @return at the leader the work's own result, elsewhere its copy
     * @throws CancellationException if the work was asked to stop
     */
    <T> T byLeader(Supplier<T> work, Form<T> form);

    /** What the leader tells by {@link #byLeader}; for a process that does not lead. */
    default <T> T told(Form<T> form) {
        return byLeader(
                () -> {
                    throw new IllegalStateException("process 0 has nobody to tell it");
                },
                form);
    }

    /**
     * Collects small values.
     *
     * @return at the leader those of all, by rank; empty elsewhere
     */
    <T> List<T> gathered(T own, Form<T> form);

    /** Collects bytes: at the leader those of all, by rank; empty elsewhere. */
    List<byte[]> gather(byte[] own);

    /** A number of each process, by rank; the same everywhere. */
    int[] counts(int own);

    /**
     * This process's part of some samples. They are dealt out batch by batch, so that the batches are those that one process
     * alone would make.
     *
     * @param batch samples of a batch
     */
    default int[] dealt(int[] samples, int batch) {
        var own = new int[samples.length];
        var count = 0;
        for (var first = (long) rank() * batch; first < samples.length; first += (long) size() * batch) {
            var some = (int) Math.min(batch, samples.length - first);
            System.arraycopy(samples, (int) first, own, count, some);
            count += some;
        }
        return Arrays.copyOf(own, count);
    }

    /**
     * This process's part of the samples of a step, which are cut into slices that differ by one sample at most. Fewer samples
     * than processes are everybody's: the mean over all is then the same.
     *
     * @param count samples of the step, 1 or more
     */
    default Slice slice(int count) {
        if (count < size()) {
            return new Slice(0, count);
        }
        var each = count / size();
        var longer = count % size();
        return new Slice(rank() * each + Math.min(rank(), longer), each + (rank() < longer ? 1 : 0));
    }

    /**
     * Neighbours among the samples of a step.
     *
     * @param first counted from 0
     * @param length how many, 1 or more
     */
    record Slice(int first, int length) {}
}
