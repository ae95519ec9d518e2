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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sizes in MiB: 100 of heap while features are computed, 300 while a checkpoint is written; and so on. */
class RoomTest {
    private static final long MIB = 1 << 20;
    private static final StepMemory STEP = new StepMemory(100 * MIB, 2 * MIB);

    private static final List<SizedThing> THINGS = List.of(
            thing("sample", Place.HEAP, 100, Phase.FEATURES),
            thing("read weights", Place.HEAP, 300, Phase.CHECKPOINT),
            thing("activations", Place.DEVICE, 800, Phase.TRAINING),
            thing("weights", Place.DEVICE, 100, Phase.TRAINING, Phase.FEATURES),
            thing("scratch", Place.DISK, 500, Phase.FEATURES));

    private static SizedThing thing(String name, Place place, long least, Phase... phases) {
        return new SizedThing(
                name, place, 2 * least * MIB, least * MIB, Set.of(phases), "made up", "lower the " + name);
    }

    private static Room room(long heap, long host, long device, long disk) {
        return new Room(
                THINGS,
                new Limits(
                        heap * MIB,
                        host * MIB,
                        0,
                        device * MIB,
                        device > 0,
                        disk == 0 ? Limits.UNKNOWN_DISK : disk * MIB));
    }

    @Test
    void aHeapThatHoldsTheLeastIsNotRefused() {
        assertDoesNotThrow(() -> room(300, 0, 0, 0).requireHeapAndDisk(Mode.FRESH));
    }

    @Test
    void aSmallerHeapIsRefusedWithTheSizesAndTheOption() {
        var message = refused(() -> room(299, 0, 0, 0).requireHeapAndDisk(Mode.FRESH));
        // 1.5 times the 600 MiB that are expected, in steps of 256
        for (var part : List.of("300 MiB", "299 MiB", "read weights 300 MiB", "checkpoint", "UAD_OPTS=-Xmx1024m")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
        assertFalse(message.contains("sample"), "what lies there at another time is no reason: " + message);
    }

    @Test
    void aDiskThatCannotHoldTheScratchFilesIsRefusedForANewRunOnly() {
        assertTrue(
                refused(() -> room(0, 0, 0, 499).requireHeapAndDisk(Mode.FRESH)).contains("lower the scratch"));
        assertDoesNotThrow(() -> room(0, 0, 0, 500).requireHeapAndDisk(Mode.FRESH));
        assertDoesNotThrow(() -> room(0, 0, 0, 499).requireHeapAndDisk(Mode.OVERWRITE));
        assertDoesNotThrow(() -> room(0, 0, 0, 499).requireHeapAndDisk(Mode.RESUME));
    }

    @Test
    void aFullDiskIsKnownToBeTooSmall() {
        var full = new Room(THINGS, new Limits(0, 0, 0, 0, false, 0));
        assertTrue(refused(() -> full.requireHeapAndDisk(Mode.FRESH)).contains("at most the 0 MiB"));
    }

    @Test
    void onTheCpuHeapAndEngineShareTheMemoryOfTheMachine() {
        assertDoesNotThrow(() -> room(0, 900, 0, 0).requireMemory(STEP));
        var message = refused(() -> room(0, 899, 0, 0).requireMemory(STEP));
        // 0.9 of 899 MiB less 100, two MiB each: 354, rounded down to a multiple of 8
        assertTrue(message.contains("--batch) to 352"), message);
        assertTrue(message.contains("activations 800 MiB, weights 100 MiB"), message);
    }

    @Test
    void swapCountsForWhatIsCertainToFail() {
        var limits = new Limits(0, 800 * MIB, 100 * MIB, 0, false, 0);
        assertDoesNotThrow(() -> new Room(THINGS, limits).requireMemory(STEP));
    }

    @Test
    void aDeviceHasMemoryOfItsOwn() {
        assertDoesNotThrow(() -> room(0, 300, 900, 0).requireMemory(STEP));
        assertTrue(refused(() -> room(0, 300, 899, 0).requireMemory(STEP)).contains("the device's memory"));
        assertTrue(refused(() -> room(0, 299, 900, 0).requireMemory(STEP)).contains("machine or container"));
    }

    @Test
    void whatIsNotKnownRefusesNothing() {
        var limits = new Limits(0, 0, 50 * MIB, 0, true, Limits.UNKNOWN_DISK);
        assertDoesNotThrow(() -> new Room(THINGS, limits).requireHeapAndDisk(Mode.FRESH));
        assertDoesNotThrow(() -> new Room(THINGS, limits).requireMemory(STEP));
    }

    @Test
    void thePeakIsThatOfOneTime() {
        var peak = room(0, 0, 0, 0).peak(Set.of(Place.HEAP), false);
        assertEquals(600 * MIB, peak.bytes());
        assertEquals(Phase.CHECKPOINT, peak.phase());
    }

    private static String refused(Runnable check) {
        var error = assertThrows(UadException.class, check::run);
        assertEquals(ErrorKind.RESOURCE, error.kind());
        return String.valueOf(error.getMessage());
    }
}
