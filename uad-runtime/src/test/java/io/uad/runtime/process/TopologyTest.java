package io.uad.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.engine.Membership;
import io.uad.api.engine.ProcessGroup;
import io.uad.runtime.listener.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyTest {
    /** What is counted before a run is what is dealt out in it. */
    @Test
    void noProcessTakesMoreOrLessOfAStepThanIsCounted() {
        for (var size : new int[] {1, 2, 3, 8}) {
            for (var samples : new int[] {1, 5, 8, 64, 65}) {
                var slices = IntStream.range(0, size)
                        .map(rank -> process(rank, size).slice(samples).length())
                        .summaryStatistics();
                var topology = Topology.onMachines(size, true);
                assertEquals(slices.getMax(), topology.longestSlice(samples), samples + " among " + size);
                assertEquals(slices.getMin(), topology.shortestSlice(samples), samples + " among " + size);
            }
        }
    }

    @Test
    void noProcessForwardsLessAtOnceOrMoreInAllThanIsCounted() {
        for (var size : new int[] {2, 3, 8}) {
            for (var samples : new int[] {5, 10, 25, 79, 80, 200}) {
                var all = IntStream.range(0, samples).toArray();
                var least = IntStream.range(1, size)
                        .map(rank -> Math.min(10, process(rank, size).dealt(all, 10).length))
                        .min()
                        .orElseThrow();
                assertEquals(least, Topology.onMachines(size, false).leastDealt(samples, 10), samples + " on " + size);
                var most = IntStream.range(0, size)
                        .map(rank -> process(rank, size).dealt(all, 10).length)
                        .max()
                        .orElseThrow();
                assertEquals(most, Topology.onMachines(size, true).mostDealt(samples, 10), samples + " on " + size);
                assertEquals(
                        Math.min(10, samples), Topology.onMachines(size, true).leastDealt(samples, 10));
            }
        }
    }

    @Test
    void processesThatAreStartedElsewhereHaveMachinesOfTheirOwn() {
        var second = new Membership("host", 1, 1, 4, Duration.ofSeconds(1), true);
        assertEquals(new Topology(4, 1, false, 0), Companions.elsewhere(second).topology());
        assertEquals(Topology.ALONE, Companions.none().topology());
        assertEquals(4, Topology.onMachines(4, true).machines());
        assertEquals(1, Topology.onThisMachine(4, 0).machines());
    }

    @Test
    void aHeapThatIsNotKnownIsThatOfTheFirst() {
        assertEquals(7, Topology.onThisMachine(4, 0).heapOfOthers(7));
        assertEquals(3, Topology.onThisMachine(4, 3).heapOfOthers(7));
    }

    @Test
    void someOfTheProcessesOfAMachineAreNoTopology() {
        assertThrows(IllegalArgumentException.class, () -> new Topology(4, 2, true, 0));
        assertThrows(IllegalArgumentException.class, () -> new Topology(0, 1, true, 0));
    }

    private static Processes process(int rank, int size) {
        return Processes.of(new Member(rank, size), new StopSignal());
    }

    private record Member(int rank, int size) implements ProcessGroup {
        @Override
        public void sum(double[] values) {}

        @Override
        public byte[] broadcast(byte[] values) {
            return values;
        }

        @Override
        public List<byte[]> gather(byte[] values) {
            return List.of(values);
        }

        @Override
        public void close() {}
    }
}
