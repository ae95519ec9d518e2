package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunSizesTest {
    private static final long MIB = 1 << 20;
    private static final String BATCH = "training: {batch: 64, epochs: 3}\n";

    @Test
    void weightsAreCountedByName() {
        // conv 3 -> 16 of 3x3 with bias 448, linear 16 -> 8 with bias 136, head 8 -> 10 with bias 90; float32
        assertEquals(
                4 * (448 + 136 + 90), named(SmallRun.of(2000, BATCH), "weights").bytes());
        // the head has no momentum
        assertEquals(
                4 * (2 * (448 + 136) + 90),
                named(SmallRun.of(2000, BATCH), "weights and momentum, read").bytes());
        assertEquals(
                4 * (448 + 136 + 90),
                named(SmallRun.of(2000, "training: {momentum: 0}\n"), "weights and momentum, read")
                        .bytes());
    }

    @Test
    void theSampleHasNoMoreRowsThanAreFittedOn() {
        assertEquals(
                4 * 1000 * SmallRun.COLUMNS,
                named(SmallRun.of(2000, BATCH), "sample for the reduction").bytes());
        assertEquals(
                4 * 500 * SmallRun.COLUMNS,
                named(SmallRun.of(500, BATCH), "sample for the reduction").bytes());
    }

    @Test
    void whatAQuarterOfTheHeapDoesNotHoldGoesToTheDisk() {
        // 2e7 rows of 4 floats are four blocks of 64 MiB and one of 49. Beside the sample of 31 KiB, 64 MiB of heap
        // take the
        // last one only, and 256 MiB three and the last one.
        var all = 4 * 4 * 20_000_000L;
        assertEquals(
                4 * 64 * MIB,
                named(things(20_000_000, 256 * MIB), "reduced features, in scratch files")
                        .bytes());
        assertEquals(
                all - 64 * MIB,
                named(things(20_000_000, 1024 * MIB), "reduced features").bytes());
        assertTrue(things(20_000_000, 4096 * MIB).stream()
                .noneMatch(thing -> thing.name().contains("scratch")));
    }

    private static List<SizedThing> things(int images, long heap) {
        return RunSizes.of(SmallRun.of(images, BATCH), heap);
    }

    @Test
    void gradientsOutliveTheTrainingOnlyIfAnotherEpochComes() {
        assertEquals(
                Set.of(Phase.values()),
                named(SmallRun.of(2000, BATCH), "gradients and momentum").phases());
        assertEquals(
                Set.of(Phase.TRAINING, Phase.CHECKPOINT),
                named(SmallRun.of(2000, "training: {epochs: 1}\n"), "gradients and momentum")
                        .phases());
    }

    /** 2,000 images in batches of 64 are 32 steps, 96 in three epochs. */
    @Test
    void numberedCheckpointsAreThoseThatWillBeKept() {
        var one = new RunState(SmallRun.of(2000, BATCH)).checkpoint().bytes();
        assertEquals(one, checkpoints("checkpoint: {every-iterations: 97}\n"));
        assertEquals(2 * one, checkpoints("checkpoint: {every-iterations: 96}\n"));
        assertEquals(4 * one, checkpoints("checkpoint: {every-iterations: 1, keep: 3}\n"));
        assertEquals(4 * one, checkpoints("checkpoint: {every-epochs: 1, keep: 30}\n"));
    }

    private static long checkpoints(String settings) {
        return named(SmallRun.of(2000, BATCH + settings), "checkpoints").bytes();
    }

    @Test
    void whatPluginsDoNotSayIsNotCertain() {
        var run = SmallRun.of(2000, BATCH, false);
        assertEquals(0, named(run, "reduced features").least());
        assertEquals(4 * (448 + 136), named(run, "weights").bytes());
        assertTrue(RunSizes.of(run, 1024 * MIB).stream()
                .noneMatch(thing -> thing.name().contains("engine") && thing.place() == Place.DEVICE));
    }

    @Test
    void aBatchIsNoLargerThanTheImages() {
        // an image of 8x8 is 192 bytes, and four batches are there at once
        assertEquals(
                4 * 64 * 192,
                named(SmallRun.of(2000, BATCH), "batches of images").bytes());
        assertEquals(
                4 * 20 * 192, named(SmallRun.of(20, BATCH), "batches of images").bytes());
    }

    private static SizedThing named(PreparedRun run, String name) {
        return named(RunSizes.of(run, 1024 * MIB), name);
    }

    private static SizedThing named(List<SizedThing> things, String name) {
        return things.stream()
                .filter(thing -> thing.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + things));
    }
}
