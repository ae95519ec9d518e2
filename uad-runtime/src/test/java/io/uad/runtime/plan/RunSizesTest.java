package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.feature.ForwardPass;
import java.util.EnumSet;
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
                EnumSet.complementOf(EnumSet.of(Phase.START)),
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

    /** A pass of more than the forward pass takes at once: 65,536 of 200,000 images of 16x16. */
    @Test
    void activationsAreThoseOfAsManyImagesAsGoThroughTheNetworkTogether() {
        var run = SmallRun.of(200_000, "training: {batch: 65536}\n", true, 16);
        var together = ForwardPass.imagesAtOnce(run.network(), 0);
        assertTrue(together < 65_536);
        assertEquals(
                4L * together * 768, named(run, "activations of a forward pass").least());
        var rows = 4L * 65_536 * (SmallRun.COLUMNS + SmallRun.COLUMNS); // read and fused
        assertEquals(rows, named(run, "features of a batch").least());
        assertEquals(
                rows + 4L * together * SmallRun.COLUMNS,
                named(run, "features of a batch").bytes());
    }

    /** What is refused must lie there at one time. */
    @Test
    void whatAFitTakesIsNotThereWhileImagesAreForwarded() {
        var things = RunSizes.of(SmallRun.of(2000, BATCH), 1024 * MIB);
        var forwarding = named(things, "batches of images").phases();
        assertEquals(Set.of(Phase.SAMPLE, Phase.FEATURES, Phase.TRAINING), forwarding);
        assertEquals(Set.of(Phase.FIT), named(things, "sample on the engine").phases());
        assertFalse(named(things, "sample for the reduction").phases().contains(Phase.FEATURES));
        assertFalse(named(things, "reduced features").phases().contains(Phase.SAMPLE));
        assertEquals(
                Set.of(Phase.SAMPLE, Phase.TRAINING),
                named(SmallRun.of(500, BATCH), "batches of images").phases(),
                "when the sample is all images");
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
