package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.Precision;
import io.uad.runtime.checkpoint.RunFolder.Mode;
import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                () -> planner(2000, Topology.onMachines(16, true), 1024, 0).requireBeforeEngine());
        var error = assertThrows(
                UadException.class,
                () -> planner(2000, Topology.onMachines(17, true), 1024, 0).requireBeforeEngine());
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("training.batch 16 is less than the 17 processes"));
    }

    @Test
    void anEngineThatWorksAloneIsRefusedForSeveralProcessesOnly() {
        var lone = EngineCapabilities.ofCpu("a lone library", 1);
        assertDoesNotThrow(() -> planner(2000, Topology.ALONE, 1024, 0).requireWithEngine(lone));
        var planner = planner(2000, Topology.onMachines(2, true), 1024, 0);
        assertDoesNotThrow(() -> planner.requireWithEngine(JOINING));
        var error = assertThrows(UadException.class, () -> planner.requireWithEngine(lone));
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
                () -> planner(images, Topology.onMachines(2, false), 600, 420).requireWithEngine(JOINING));
        var error = assertThrows(
                UadException.class,
                () -> planner(images, Topology.onMachines(2, true), 600, 420).requireWithEngine(JOINING));
        assertEquals(ErrorKind.RESOURCE, error.kind());
        assertTrue(String.valueOf(error.getMessage()).contains("features on the engine"), error::getMessage);
    }

    @Test
    void theProcessesOfAMachineAreRefusedWhereOneFits() {
        var images = 20_000_000;
        assertDoesNotThrow(() -> planner(images, Topology.ALONE, 1024, 1000).requireWithEngine(JOINING));
        var error = assertThrows(
                UadException.class,
                () -> planner(images, Topology.onThisMachine(3, 0), 1024, 1000).requireWithEngine(JOINING));
        assertTrue(
                String.valueOf(error.getMessage()).contains("labels, distances, weights, order of the 2 other"),
                error::getMessage);
    }

    @Test
    void eachProcessOfAMachineNeedsAGpuOfItsOwnUnlessAllComputeOnTheCpu() {
        var three = planner(2000, Topology.onThisMachine(3, 0), 1024, 0);
        assertDoesNotThrow(() -> three.requireWithEngine(seeing(3, "gpu:0")));
        assertDoesNotThrow(() -> three.requireWithEngine(seeing(2, "cpu")));
        assertDoesNotThrow(
                () -> planner(2000, Topology.onMachines(3, true), 1024, 0).requireWithEngine(seeing(2, "gpu:1")));
        var few = assertThrows(UadException.class, () -> three.requireWithEngine(seeing(2, "gpu:0")));
        assertEquals(ErrorKind.RESOURCE, few.kind());
        assertTrue(String.valueOf(few.getMessage()).contains("3 processes need a GPU each, and 2 are here"));
        var second = assertThrows(UadException.class, () -> three.requireWithEngine(seeing(3, "gpu:1")));
        assertEquals(ErrorKind.CONFIG, second.kind());
        assertTrue(String.valueOf(second.getMessage()).contains("engine.device is gpu:1"), second::getMessage);
    }

    private static EngineCapabilities seeing(int gpus, String device) {
        var devices = Stream.concat(Stream.of("cpu"), IntStream.range(0, gpus).mapToObj(i -> "gpu:" + i))
                .map(name -> new DeviceInfo(name, "", 0, 0))
                .toList();
        return new EngineCapabilities(
                "a library", device, "", 1, Precision.FLOAT32, Set.of(Capability.PROCESS_GROUPS), devices);
    }
}
