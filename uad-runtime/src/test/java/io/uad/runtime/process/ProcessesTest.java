package io.uad.runtime.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import io.uad.runtime.listener.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final Form<NamedTensors> TENSORS = new Form<>() {
        @Override
        public void write(NamedTensors value, Sender out) {
            out.tensors(value);
        }

        @Override
        public NamedTensors read(Receiver in) {
            return in.tensors();
        }
    };

    private static final Form<String> TEXT = new Form<>() {
        @Override
        public void write(String value, Sender out) {
            out.text(value);
        }

        @Override
        public String read(Receiver in) {
            return in.text();
        }
    };

    /** Does the work of every rank, each of which leaves the group at its end. */
    private static <T> List<GroupOfThreads.Outcome<T>> outcomes(int size, Function<Processes, T> work) {
        var group = new GroupOfThreads(size);
        return GroupOfThreads.outcomes(size, rank -> {
            try (var member = group.member(rank)) {
                return work.apply(Processes.of(member, new StopSignal()));
            }
        });
    }

    @Test
    void whatTheLeaderFoundReachesAllToTheLastBitInBlocksOfAnySize() {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("counter", new Tensor(List.of(), new long[] {Long.MIN_VALUE}));
        tensors.put("\u00e4 text that makes the rest lie oddly", Tensor.of(new int[] {-1, 2, 3}, 3));
        var large = new float[(4 << 20) / 4 * 2 + 77]; // blocks are of 4 MiB
        for (var i = 0; i < large.length; i++) {
            large[i] = (float) new Seed(3).uniform(i);
        }
        large[5] = Float.NaN;
        tensors.put("large", Tensor.of(large, large.length));
        tensors.put("empty", Tensor.of(new float[0], 0, 7));
        var state = new NamedTensors(tensors);
        var got = outcomes(3, processes -> processes.byLeader(() -> state, TENSORS));
        assertSame(state, got.get(0).value());
        for (var rank = 1; rank < 3; rank++) {
            assertNotSame(state, got.get(rank).value());
            assertEquals(state, got.get(rank).value());
            assertEquals(
                    List.copyOf(state.names()),
                    List.copyOf(got.get(rank).value().names()));
        }
    }

    @Test
    void workOfTheLeaderThatIsStoppedStopsAll() {
        var got = outcomes(3, processes -> {
            var stop = ((Group) processes).stop();
            var cancelled = false;
            try {
                processes.byLeader(
                        () -> {
                            stop.raise();
                            stop.check();
                            return "never";
                        },
                        TEXT);
            } catch (CancellationException e) {
                cancelled = true;
            }
            assertTrue(stop.isRaised());
            return cancelled;
        });
        got.forEach(outcome -> assertTrue(outcome.value()));
    }

    @Test
    void allStopAtTheSameCallWhoeverWasAsked() {
        var got = outcomes(3, processes -> {
            var steps = 0;
            while (!processes.stops()) {
                steps++;
                if (processes.rank() == 2 && steps == 4) {
                    ((Group) processes).stop().raise();
                }
            }
            return steps;
        });
        got.forEach(outcome -> assertEquals(4, outcome.value()));
    }

    @Test
    void aProcessThatFailsEndsTheOthersWithAResourceError() {
        for (var failing = 0; failing < 3; failing++) {
            var bad = failing;
            var got = outcomes(3, processes -> {
                if (processes.rank() == bad) {
                    throw new IllegalStateException("broken");
                }
                processes.stops();
                return processes.byLeader(() -> "never", TEXT);
            });
            for (var rank = 0; rank < 3; rank++) {
                if (rank == bad) {
                    assertInstanceOf(IllegalStateException.class, got.get(rank).failure());
                } else {
                    var failure =
                            assertInstanceOf(UadException.class, got.get(rank).failure());
                    assertEquals(ErrorKind.RESOURCE, failure.kind());
                }
            }
        }
    }

    @Test
    void theLeaderCollectsByRank() {
        var got = outcomes(3, processes -> {
            assertArrayEquals(new int[] {0, 10, 20}, processes.counts(10 * processes.rank()));
            return processes.gathered("of " + processes.rank(), TEXT);
        });
        assertEquals(List.of("of 0", "of 1", "of 2"), got.get(0).value());
        assertEquals(List.of(), got.get(1).value());
    }

    @Test
    void samplesAreDealtOutInTheBatchesOfOneProcess() {
        var samples = IntStream.range(100, 123).toArray();
        var batches = new ArrayList<List<Integer>>();
        for (var rank = 0; rank < 3; rank++) {
            var own = new At(rank, 3).dealt(samples, 4);
            for (var first = 0; first < own.length; first += 4) {
                batches.add(Arrays.stream(own, first, Math.min(own.length, first + 4))
                        .boxed()
                        .toList());
            }
        }
        batches.sort((one, other) -> one.get(0) - other.get(0));
        assertEquals(6, batches.size());
        for (var batch = 0; batch < 6; batch++) {
            assertEquals(
                    Arrays.stream(samples, batch * 4, Math.min(23, batch * 4 + 4))
                            .boxed()
                            .toList(),
                    batches.get(batch));
        }
        assertEquals(0, new At(2, 3).dealt(new int[] {1, 2}, 1).length);
    }

    @Test
    void slicesOfAStepAreNeighboursThatMakeUpTheWhole() {
        for (var count = 3; count < 12; count++) {
            var next = 0;
            for (var rank = 0; rank < 3; rank++) {
                var slice = new At(rank, 3).slice(count);
                assertEquals(next, slice.first());
                assertTrue(slice.length() == count / 3 || slice.length() == count / 3 + 1);
                next += slice.length();
            }
            assertEquals(count, next);
        }
        for (var rank = 0; rank < 3; rank++) {
            assertEquals(new Processes.Slice(0, 2), new At(rank, 3).slice(2)); // fewer than processes
        }
        assertEquals(new Processes.Slice(0, 7), Processes.alone().slice(7));
        assertFalse(Processes.alone().stops());
    }

    /** Knows its rank, and nobody. */
    private record At(int rank, int size) implements Processes {
        @Override
        public boolean stops() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requireStopped(CancellationException cancelled) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T byLeader(Supplier<T> work, Form<T> form) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> List<T> gathered(T own, Form<T> form) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<byte[]> gather(byte[] own) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int[] counts(int own) {
            throw new UnsupportedOperationException();
        }
    }
}
