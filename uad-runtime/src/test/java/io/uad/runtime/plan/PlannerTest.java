package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.Capability;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.Precision;
import io.uad.runtime.checkpoint.RunFolder.Mode;
import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final long MIB = 1 << 20;
    private static final EngineCapabilities JOINING = new EngineCapabilities(
            "a library", "cpu", "", 1, Precision.FLOAT32, Set.of(Capability.PROCESS_GROUPS), List.of());

    private static Planner planner(int images, Topology processes, long heap, long host) {
        var run = SmallRun.of(images, "training: {batch: 16, epochs: 3}\n").in(processes);
        var limits = new Limits(heap * MIB, host * MIB, 0, 0, false, Limits.UNKNOWN_DISK);
        return new Planner(run, Mode.FRESH, limits);
    }

    @Test
    void aStepHasAnImageForEachProcess() {
        assertDoesNotThrow(
                () -> planner(2000, Topology.onMachines(16, true), 1024, 0).requireHeapAndDisk());
        var error = assertThrows(
                UadException.class,
                () -> planner(2000, Topology.onMachines(17, true), 1024, 0).requireHeapAndDisk());
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("training.batch 16 is less than the 17 processes"));
    }

    @Test
    void anEngineThatWorksAloneIsRefusedForSeveralProcessesOnly() {
        var lone = EngineCapabilities.ofCpu("a lone library", 1);
        assertDoesNotThrow(() -> planner(2000, Topology.ALONE, 1024, 0).requireMemory(lone));
        var planner = planner(2000, Topology.onMachines(2, true), 1024, 0);
        assertDoesNotThrow(() -> planner.requireMemory(JOINING));
        var error = assertThrows(UadException.class, () -> planner.requireMemory(lone));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("a lone library cannot train in several processes"));
    }

    /**
     * 20,000,000 images have 381 MiB of labels, distances and weights in each process. Process 0 clusters a copy of 305 MiB of
     * features, and holds 128 MiB of them in its heap.
     */
    @Test
    void aProcessThatDoesNotLeadIsNotRefusedForTheFeatures() {
        var images = 20_000_000;
        assertDoesNotThrow(
                () -> planner(images, Topology.onMachines(2, false), 600, 420).requireMemory(JOINING));
        var error = assertThrows(
                UadException.class,
                () -> planner(images, Topology.onMachines(2, true), 600, 420).requireMemory(JOINING));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("features on the engine"), error::getMessage);
    }

    @Test
    void theProcessesOfAMachineAreRefusedWhereOneFits() {
        var images = 20_000_000;
        assertDoesNotThrow(() -> planner(images, Topology.ALONE, 1024, 1000).requireMemory(JOINING));
        var error = assertThrows(
                UadException.class,
                () -> planner(images, Topology.onThisMachine(3, 0), 1024, 1000).requireMemory(JOINING));
        assertTrue(
                String.valueOf(error.getMessage()).contains("labels, distances, weights, order of the 2 other"),
                error::getMessage);
    }
}
