package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What falls to each process of several. Weights: body 584, head 90; images of 192 bytes; batches of 64. */
class SharedRunSizesTest {
    private static final long MIB = 1 << 20;
    private static final String SETTINGS = "training: {batch: 64, epochs: 3}\n";
    private static final Set<String> LEADERS = Set.of(
            "sample for the reduction",
            "reduced features",
            "rows gathered from the others",
            "sample on the engine",
            "work of the reduction",
            "work of the clustering",
            "features on the engine",
            "weights and momentum, read",
            "checkpoints",
            "the next checkpoint",
            "assignments");

    private static PreparedRun run(int images, Topology processes) {
        return SmallRun.of(images, SETTINGS).in(processes);
    }

    private static List<SizedThing> things(PreparedRun run) {
        return RunSizes.of(run, 1024 * MIB);
    }

    private static List<SizedThing> things(int images, int size, boolean leads) {
        return things(run(images, Topology.onMachines(size, leads)));
    }

    private static SizedThing named(List<SizedThing> things, String name) {
        return things.stream()
                .filter(thing -> thing.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + things));
    }

    @Test
    void aStepIsCutIntoSlicesAndFeaturesAreForwardedInWholeBatches() {
        var alone = named(things(2000, 1, true), "activations of a training step");
        var forwarded = named(things(2000, 1, true), "activations of a forward pass");
        for (var leads : new boolean[] {true, false}) {
            for (var size : new int[] {2, 4}) {
                var things = things(2000, size, leads);
                var part = named(things, "activations of a training step");
                assertEquals(alone.bytes(), size * part.bytes());
                assertEquals(alone.least(), size * part.least());
                assertEquals(forwarded, named(things, "activations of a forward pass"));
                var images = named(things, "batches of images, for a step");
                assertEquals(4L * (64 / size) * 192, images.bytes());
                assertEquals(64L / size * 192, images.least());
                assertEquals(Set.of(Phase.TRAINING), images.phases());
                images = named(things, "batches of images, for features");
                assertEquals(4 * 64 * 192, images.bytes());
                assertEquals(64 * 192, images.least());
                assertEquals(Set.of(Phase.SAMPLE, Phase.FEATURES), images.phases());
            }
        }
    }

    /** Of 64 images 22, 21 and 21. */
    @Test
    void aProcessMayHaveTheShortestOfUnequalSlices() {
        var things = things(2000, 3, true);
        var images = named(things, "batches of images, for a step");
        assertEquals(4 * 22 * 192, images.bytes());
        assertEquals(21 * 192, images.least());
        var alone = named(things(2000, 1, true), "activations of a training step");
        var part = named(things, "activations of a training step");
        assertEquals(alone.bytes() / 64 * 22, part.bytes());
        assertEquals(alone.bytes() / 64 * 21 / 4, part.least());
    }

    @Test
    void theFirstAloneHoldsFeaturesClustersAndWhatIsWritten() {
        var first = names(things(2000, 2, true));
        assertTrue(first.containsAll(LEADERS), first::toString);
        var other = things(2000, 2, false);
        assertTrue(names(other).stream().noneMatch(LEADERS::contains), other::toString);
        assertTrue(other.stream().noneMatch(thing -> thing.place() == Place.DISK), other::toString);
        for (var everybodys : List.of(
                "list of the images",
                "decoded images",
                "labels, distances, weights, order",
                "weights",
                "gradients and momentum",
                "Java itself and the engine's library")) {
            assertEquals(named(things(2000, 2, true), everybodys), named(other, everybodys));
        }
    }

    private static Set<String> names(List<SizedThing> things) {
        return things.stream().map(SizedThing::name).collect(Collectors.toSet());
    }

    @Test
    void theOthersReceiveTheWeightsWithoutAHeadBeforeAnythingElse() {
        var received = named(things(2000, 2, false), "weights, received");
        assertEquals(4 * (448 + 136), received.least());
        assertEquals(Set.of(Phase.START), received.phases());
        assertTrue(names(things(2000, 2, true)).stream().noneMatch(name -> name.equals("weights, received")));
    }

    @Test
    void eachSumsItsGradientsWithTheOthersWhileItTrains() {
        for (var leads : new boolean[] {true, false}) {
            var sums = named(things(2000, 2, leads), "sums of gradients");
            assertEquals(4 * (448 + 136 + 90), sums.bytes());
            assertEquals(0, sums.least(), "they may be made in place");
            assertEquals(Set.of(Phase.TRAINING), sums.phases());
            assertEquals(Place.DEVICE, sums.place());
        }
        assertTrue(names(things(2000, 1, true)).stream().noneMatch(name -> name.equals("sums of gradients")));
        var step = new RunState(run(2000, Topology.ALONE)).step();
        var joint = new RunState(run(2000, Topology.onMachines(2, true))).step();
        assertEquals(step.fixedBytes() + 4 * (448 + 136 + 90), joint.fixedBytes());
        assertEquals(step.bytesPerSample(), joint.bytesPerSample());
    }

    /** 100 images are a batch of 64 for process 0 and one of 36 for process 1; nothing is left for process 2. */
    @Test
    void featuresThatTheLastProcessDoesNotForwardAreNotCertain() {
        var row = 4 * (SmallRun.COLUMNS + SmallRun.COLUMNS);
        assertEquals(
                36L * row, named(things(100, 2, false), "features of a batch").least());
        assertEquals(0, named(things(100, 3, false), "features of a batch").least());
        assertEquals(
                0,
                named(things(100, 3, false), "batches of images, for features").least());
        assertEquals(
                0, named(things(100, 3, false), "activations of a forward pass").least());
        assertEquals(
                64L * row, named(things(100, 3, true), "features of a batch").least());
    }

    /** Of 1,030 images 1,000 are fitted, 16 batches of 64; of the others, one batch, nothing is left for process 1. */
    @Test
    void featuresThatAProcessForwardsOfTheSampleOnlyAreNotCertain() {
        var other = things(1030, 2, false);
        assertEquals(0, named(other, "features of a batch").least());
        assertEquals(0, named(other, "batches of images, for features").least());
        assertEquals(0, named(other, "activations of a forward pass").least());
        var row = 4 * (SmallRun.COLUMNS + SmallRun.COLUMNS);
        assertEquals(
                64L * row, named(things(1030, 2, true), "features of a batch").least());
        assertEquals(
                64L * row, named(things(1030, 1, true), "features of a batch").least());
        assertEquals(
                36L * row, named(things(1100, 2, false), "features of a batch").least(), "of 100 that are not fitted");
    }

    /** From each a batch of 64 rows of 8 columns with their numbers. */
    @Test
    void theFirstGathersTheRowsOfAll() {
        var rows = named(things(2000, 3, true), "rows gathered from the others");
        assertEquals(3 * 64 * (4 + 4 * SmallRun.COLUMNS), rows.bytes());
        assertEquals(0, rows.least());
        assertEquals(Set.of(Phase.SAMPLE, Phase.FEATURES), rows.phases());
        assertTrue(names(things(2000, 1, true)).stream().noneMatch(name -> name.startsWith("rows gathered")));
    }

    @Test
    void nothingOfTheImagesOrTheTrainingIsThereWhileTheNetworkIsOpened() {
        for (var late : List.of("decoded images", "gradients and momentum")) {
            assertTrue(named(things(2000, 2, false), late).phases().stream().noneMatch(Phase.START::equals), late);
        }
    }

    /** Images of up to 4 times the pixels, and one batch more. */
    @Test
    void anEngineThatTakesViewsIsHandedWholeImagesAndOneBatchMore() {
        var alone = run(2000, Topology.ALONE);
        var plain = named(things(alone), "batches of images");
        var views = named(things(alone.takingViews(true)), "batches of images");
        assertEquals(4 * 64 * 192, plain.bytes());
        assertEquals(5 * 4 * 64 * 192, views.bytes());
        assertEquals(64 * 192, plain.least());
        assertEquals(0, views.least(), "images may be smaller than a view");
        var ahead = named(things(alone.takingViews(true)), "inputs brought ahead");
        assertEquals(2 * 64 * 192 * 4, ahead.bytes());
        assertEquals(0, ahead.least());
        var shared = things(run(2000, Topology.onMachines(4, false)).takingViews(true));
        assertEquals(
                5 * 4 * 16 * 192, named(shared, "batches of images, for a step").bytes());
        assertEquals(
                2 * 16 * 192 * 4,
                named(shared, "inputs brought ahead, for a step").bytes());
    }

    @Test
    void aSmallerHeapKeepsFewerImagesDecoded() {
        var limits = new Limits(1024 * MIB, 0, 0, 0, false, Limits.UNKNOWN_DISK);
        var room = Room.of(run(2000, Topology.onThisMachine(4, 256 * MIB)), limits, RunSizes.UNKNOWN);
        assertEquals(128 * MIB, named(room.things(), "decoded images").bytes());
        assertEquals(32 * MIB, named(room.others(), "decoded images").bytes());
    }
}
