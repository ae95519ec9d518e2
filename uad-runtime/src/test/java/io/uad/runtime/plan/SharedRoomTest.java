package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.StepMemory;
import io.uad.runtime.checkpoint.RunFolder.Mode;
import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Process 0 has 300 MiB of heap and 400 of its device while it trains, each other one 100 and 400. */
class SharedRoomTest {
    private static final long MIB = 1 << 20;
    private static final StepMemory STEP = new StepMemory(100 * MIB, 2 * MIB);
    private static final List<SizedThing> FIRST = List.of(
            thing("features", Place.HEAP, 900, Phase.CLUSTERING),
            thing("labels", Place.HEAP, 300, Phase.TRAINING),
            thing("activations", Place.DEVICE, 400, Phase.TRAINING));
    private static final List<SizedThing> OTHERS = List.of(
            thing("labels", Place.HEAP, 100, Phase.TRAINING), thing("activations", Place.DEVICE, 400, Phase.TRAINING));

    private static SizedThing thing(String name, Place place, long bytes, Phase phase) {
        return new SizedThing(name, place, bytes * MIB, bytes * MIB, Set.of(phase), "made up", "lower the " + name);
    }

    private static Room room(Topology processes, long heap, long host, long device) {
        var limits = new Limits(heap * MIB, host * MIB, 0, device * MIB, device > 0, Limits.UNKNOWN_DISK);
        return new Room(FIRST, OTHERS, processes, limits);
    }

    private static Topology here(int size) {
        return Topology.onThisMachine(size, 128 * MIB);
    }

    @Test
    void onTheCpuAllProcessesShareTheMemoryOfTheirMachine() {
        assertDoesNotThrow(() -> room(here(2), 0, 1200, 0).requireMemory(STEP));
        assertDoesNotThrow(() -> room(here(4), 0, 2200, 0).requireMemory(STEP));
        var message = refused(() -> room(here(4), 0, 2199, 0).requireMemory(STEP));
        for (var part : List.of(
                "2200 MiB of the memory of this machine or container in 4 processes",
                "activations of the 3 other processes 1200 MiB",
                "labels of the 3 other processes 300 MiB",
                "fewer processes (--processes)")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
        assertEquals(2200 * MIB, room(here(4), 0, 0, 0).machinePeak(false).bytes());
    }

    /**
     * 2,199 MiB less 600 of heap are 399 for each of four; 0.9 of that less 100 are 259 MiB: 129 images, rounded down to a
     * multiple of 8, from each.
     */
    @Test
    void theBatchThatFitsIsThatOfAllTogether() {
        assertEquals(4 * 128, room(here(4), 0, 2199, 0).batchThatFits(STEP));
        assertTrue(refused(() -> room(here(4), 0, 2199, 0).requireMemory(STEP)).contains("(--batch) to 512"));
        // 0.9 of 500 MiB less 100 are 175 images of each device
        assertEquals(2 * 168, room(here(2), 0, 0, 500).batchThatFits(STEP));
        assertEquals(2 * 168, room(Topology.onMachines(2, false), 0, 0, 500).batchThatFits(STEP));
        assertEquals(168, room(Topology.ALONE, 0, 0, 500).batchThatFits(STEP));
    }

    @Test
    void processesOfOtherMachinesTakeNothingHere() {
        assertDoesNotThrow(() -> room(Topology.onMachines(4, true), 0, 900, 0).requireMemory(STEP));
        assertEquals(
                900 * MIB,
                room(Topology.onMachines(4, true), 0, 0, 0).machinePeak(false).bytes());
    }

    @Test
    void eachProcessHasADeviceOfItsOwn() {
        assertDoesNotThrow(() -> room(here(4), 0, 900, 400).requireMemory(STEP));
        var message = refused(() -> room(here(4), 0, 900, 399).requireMemory(STEP));
        assertTrue(message.contains("400 MiB of the device's memory while"), message);
        assertFalse(message.contains("other processes"), message);
        assertTrue(refused(() -> room(here(8), 0, 999, 400).requireMemory(STEP)).contains("1000 MiB of the memory"));
    }

    /** 1.5 times the 900 MiB of process 0, in steps of 256: a heap that is chosen is everybody's. */
    @Test
    void eachHeapIsComparedWithItsOwnProcess() {
        assertDoesNotThrow(() -> room(here(2), 900, 0, 0).requireHeapAndDisk(Mode.FRESH));
        var message = refused(
                () -> room(Topology.onThisMachine(2, 99 * MIB), 900, 0, 0).requireHeapAndDisk(Mode.FRESH));
        for (var part : List.of(
                "100 MiB of Java's heap of each other process", "at most the 99 MiB", "-Xmx1536m, for each process")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
        assertTrue(refused(() -> room(here(2), 899, 0, 0).requireHeapAndDisk(Mode.FRESH))
                .contains("900 MiB of Java's heap while"));
        assertDoesNotThrow(() -> room(Topology.onThisMachine(2, 0), 900, 0, 0).requireHeapAndDisk(Mode.FRESH));
    }

    /** 1,536 MiB for each of two. */
    @Test
    void aHeapIsAdvisedByItselfOnlyIfTheMachineHoldsItForEachProcess() {
        for (var first : new boolean[] {true, false}) {
            var processes = Topology.onThisMachine(2, (first ? 128 : 99) * MIB);
            var heap = first ? 899 : 900;
            assertTrue(refused(() -> room(processes, heap, 3072, 0).requireHeapAndDisk(Mode.FRESH))
                    .contains("Give Java more memory (UAD_OPTS=-Xmx1536m, for each process)"));
            assertTrue(refused(() -> room(processes, heap, 3071, 0).requireHeapAndDisk(Mode.FRESH))
                    .contains("Use fewer processes (--processes), so that their machine holds them, and give"));
        }
    }

    private static String refused(Runnable check) {
        var error = assertThrows(UadException.class, check::run);
        assertEquals(ErrorKind.RESOURCE, error.kind());
        return String.valueOf(error.getMessage());
    }
}
