package io.uad.runtime.process;

import io.uad.api.UadException;
import io.uad.api.engine.ProcessGroup;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Threads of this JVM as processes. */
public final class GroupOfThreads {
    private static final int SECONDS = 30;

    private final byte[][] given;
    private final boolean[] gone;
    private int waiting;
    private int round;

    public GroupOfThreads(int size) {
        this.given = new byte[size][];
        this.gone = new boolean[size];
    }

    /** What a rank brought to its end. */
    public record Outcome<T>(@Nullable T result, @Nullable Throwable thrown) {
        /** Its result, where it must not fail. */
        public T value() {
            if (result == null) {
                throw new AssertionError(thrown);
            }
            return result;
        }

        /** Why it failed, where it must. */
        public Throwable failure() {
            return Objects.requireNonNull(thrown, () -> "a rank should have failed and brought " + result);
        }
    }

    /** Does work in every rank at once, and waits for all. */
    public static <T> List<Outcome<T>> outcomes(int size, IntFunction<T> work) {
        var threads = Executors.newFixedThreadPool(size);
        try {
            var running = new ArrayList<Future<T>>();
            for (var rank = 0; rank < size; rank++) {
                var own = rank;
                running.add(threads.submit(() -> work.apply(own)));
            }
            var outcomes = new ArrayList<Outcome<T>>();
            for (var each : running) {
                try {
                    outcomes.add(new Outcome<>(each.get(2 * SECONDS, TimeUnit.SECONDS), null));
                } catch (ExecutionException e) {
                    outcomes.add(new Outcome<>(null, e.getCause()));
                }
            }
            return outcomes;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("a rank hangs", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The group as a rank sees it. */
    public ProcessGroup member(int rank) {
        return new Member(rank);
    }

    private final class Member implements ProcessGroup {
        private final int rank;

        Member(int rank) {
            this.rank = rank;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public int size() {
            return given.length;
        }

        @Override
        public void sum(double[] values) {
            var bytes = ByteBuffer.allocate(8 * values.length);
            bytes.asDoubleBuffer().put(values);
            var all = exchange(rank, bytes.array());
            Arrays.fill(values, 0);
            for (var each : all) {
                var theirs = ByteBuffer.wrap(each).asDoubleBuffer();
                if (theirs.remaining() != values.length) {
                    throw new AssertionError("sums of different lengths: the ranks are at different places");
                }
                for (var i = 0; i < values.length; i++) {
                    values[i] += theirs.get(i);
                }
            }
        }

        @Override
        public byte[] broadcast(byte[] values) {
            return exchange(rank, values)[0].clone();
        }

        @Override
        public List<byte[]> gather(byte[] values) {
            var all = exchange(rank, values);
            return rank == 0 ? List.of(all) : List.of();
        }

        @Override
        public void close() {
            leave(rank);
        }
    }

    private synchronized void leave(int rank) {
        gone[rank] = true;
        notifyAll();
    }

    /** Each gives something and gets what all have given. */
    private synchronized byte[][] exchange(int rank, byte[] own) {
        given[rank] = own;
        pass();
        var all = given.clone();
        pass(); // nobody gives the next thing before all have taken this one
        return all;
    }

    private void pass() {
        var now = round;
        waiting++;
        if (waiting == given.length) {
            waiting = 0;
            round++;
            notifyAll();
        }
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (round == now) {
            for (var other = 0; other < gone.length; other++) {
                if (gone[other]) {
                    throw UadException.resource("process " + other + " has ended", "", "", "");
                }
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("the ranks are at different places");
            }
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
