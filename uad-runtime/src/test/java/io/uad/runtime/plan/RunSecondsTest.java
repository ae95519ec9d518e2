package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.process.Topology;
import org.junit.jupiter.api.Test;

/** On 8 cores 1,000 images of 1 MiB, read in 0.5 s, taken from the cache in 0.1 s, forwarded in 0.2 s, trained on in 0.3 s. */
class RunSecondsTest {
    private static final long MIB = 1 << 20;
    private static final Measured MEASURED = new Measured(0.5, 0.1, 0.2, 0.3, 1e6, 1e6, MIB, 8, true);

    @Test
    void onTheCpuReadersAndEngineTakeTurns() {
        var stages = RunSeconds.of(SmallRun.of(1000, ""), MEASURED, limits(16384, false));
        // 1,000 x 0.7; the fit is 1e6 operations at 1e6 per second, the projection 2 x 1,000 x 8 x 4
        assertEquals(701.064, stages.get(0).firstEpoch(), 1e-9);
        assertEquals(301.064, stages.get(0).laterEpoch(), 1e-9);
        assertEquals(2, stages.get(1).firstEpoch(), 1e-9);
        assertEquals(400, stages.get(2).firstEpoch(), 1e-9);
    }

    @Test
    void aDeviceComputesWhileImagesAreRead() {
        var stages = RunSeconds.of(SmallRun.of(1000, ""), MEASURED, limits(16384, true));
        assertEquals(501.064, stages.get(0).firstEpoch(), 1e-9);
        assertEquals(300, stages.get(2).firstEpoch(), 1e-9);
    }

    @Test
    void imagesThatDoNotStayDecodedAreReadAgain() {
        // an eighth of 4,000 MiB holds half of them: (0.5 + 0.1) / 2 + 0.3
        var stages = RunSeconds.of(SmallRun.of(1000, ""), MEASURED, limits(4000, false));
        assertEquals(600, stages.get(2).laterEpoch(), 1e-9);
    }

    @Test
    void aClusteringThatDoesNotSayIsNotEstimated() {
        var stages = RunSeconds.of(SmallRun.of(1000, "", false), MEASURED, limits(16384, false));
        assertFalse(stages.get(1).isKnown());
        assertEquals(700, stages.get(0).firstEpoch(), 1e-9, "nor is a projection that may be none");
    }

    /** A fit of 1 s; 64,000 operations project all, half of them those it was fitted on. */
    @Test
    void processesOfAMachineShareItsCoresAndTheFirstHasItsPartOfThem() {
        var run = SmallRun.of(2000, "").in(Topology.onThisMachine(4, 0));
        var stages = RunSeconds.of(run, MEASURED, limits(16384, false));
        assertEquals(2000 * 0.7 + 4 + 4 * 0.064 + 0.064, stages.get(0).firstEpoch(), 1e-9);
        assertEquals(4 * 2, stages.get(1).firstEpoch(), 1e-9);
        assertEquals(2000 * 0.4, stages.get(2).firstEpoch(), 1e-9);
        assertTrue(stages.get(1).meaning().contains("one of 4 parts of the cores"), stages::toString);
        assertTrue(stages.get(2).meaning().contains("4 processes share the cores"), stages::toString);
    }

    /** Two threads of each of four processes are all 8 cores, of which one process took two while it was measured. */
    @Test
    void processesWhoseThreadsWereChosenDivideTheWorkAsFarAsTheCoresAllow() {
        var chosen = SmallRun.of(2000, "engine: {threads: 2}\nimage: {workers: 2}\n");
        var stages = RunSeconds.of(chosen.in(Topology.onThisMachine(4, 0)), MEASURED, limits(16384, false));
        assertEquals(2000 * 0.4 / 4, stages.get(2).firstEpoch(), 1e-9);
        assertEquals(2, stages.get(1).firstEpoch(), 1e-9, "process 0 clusters as it was measured");
        assertFalse(stages.get(1).meaning().contains("parts of the cores"), stages::toString);
        assertTrue(
                stages.get(2).meaning().contains("by 4 processes as far as the cores and their threads allow"),
                stages::toString);
        stages = RunSeconds.of(chosen.in(Topology.onThisMachine(8, 0)), MEASURED, limits(16384, false));
        assertEquals(2000 * 0.4 / 4, stages.get(2).firstEpoch(), 1e-9, "there are 8 cores for 16 threads");
        var threads = SmallRun.of(2000, "engine: {threads: 2}\n").in(Topology.onThisMachine(4, 0));
        stages = RunSeconds.of(threads, MEASURED, limits(16384, false));
        assertEquals(2000 * (0.1 + 0.3 / 4), stages.get(2).firstEpoch(), 1e-9, "all cores read in any case");
    }

    @Test
    void devicesOfAMachineMultiplyAndItsCoresDoNot() {
        var run = SmallRun.of(2000, "training: {batch: 100}\n").in(Topology.onThisMachine(4, 0));
        var stages = RunSeconds.of(run, MEASURED, limits(16384, true));
        assertEquals(2000 * 0.5 + 1 + 0.064 + 0.064 / 4, stages.get(0).firstEpoch(), 1e-9);
        assertEquals(2, stages.get(1).firstEpoch(), 1e-9);
        assertEquals(
                2000 * 0.1,
                stages.get(2).firstEpoch(),
                1e-9,
                "images come from the cache in 0.1 s, steps take 0.3 / 4");
    }

    /** Five batches of 400 among four: one machine has two. */
    @Test
    void featuresAreSharedOutInWholeBatches() {
        var run = SmallRun.of(2000, "training: {batch: 400}\n");
        var machines = RunSeconds.of(run.in(Topology.onMachines(4, true)), MEASURED, limits(16384, false));
        assertEquals(800 * 0.7 + 1 + 0.064 + 0.064 * 2 / 5, machines.get(0).firstEpoch(), 1e-9);
        var devices = RunSeconds.of(run.in(Topology.onThisMachine(4, 0)), MEASURED, limits(16384, true));
        assertEquals(2000 * 0.5 + 1 + 0.064 + 0.064 * 2 / 5, devices.get(0).firstEpoch(), 1e-9);
    }

    @Test
    void machinesMultiply() {
        var run = SmallRun.of(2000, "").in(Topology.onMachines(4, true));
        for (var device : new boolean[] {false, true}) {
            var stages = RunSeconds.of(run, MEASURED, limits(16384, device));
            assertEquals(2000 * (device ? 0.3 : 0.4) / 4, stages.get(2).firstEpoch(), 1e-9);
            assertEquals(2, stages.get(1).firstEpoch(), 1e-9, "one clusters");
        }
    }

    /** Of 1,000 MiB process 0 keeps half in an eighth of its heap, three others a quarter in an eighth of theirs. */
    @Test
    void eachProcessKeepsWhatItsOwnHeapHolds() {
        var run = SmallRun.of(1000, "").in(Topology.onThisMachine(4, 2000 * MIB));
        assertEquals((0.5 + 3 * 0.25) / 4, RunSeconds.keptShare(run, MEASURED, limits(4000, false)), 1e-9);
    }

    private static Limits limits(long heap, boolean device) {
        return new Limits(heap * MIB, 0, 0, 0, device, 0);
    }
}
