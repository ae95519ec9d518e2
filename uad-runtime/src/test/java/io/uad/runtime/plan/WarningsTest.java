package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.process.Topology;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarningsTest {
    private static final long MIB = 1 << 20;
    private static final Limits AMPLE = new Limits(4096 * MIB, 16384 * MIB, 0, 0, false, 65536 * MIB);
    private static final String SETTINGS = "training: {batch: 64, epochs: 3}\n";

    @Test
    void anAmpleRunHasNone() {
        assertEquals(List.of(), warnings(390, SETTINGS, AMPLE));
    }

    /** 10 clusters of 39 images are what Faiss asks for. */
    @Test
    void fewerThan39ImagesPerClusterAreNamedWithAFittingNumber() {
        var warning = only(warnings(389, SETTINGS, AMPLE));
        assertTrue(warning.what().contains("389 images in 10 clusters are 38 each"), warning.what());
        assertTrue(warning.fix().contains("at most 9 clusters"), warning.fix());
    }

    @Test
    void fewerImagesThanColumnsAreNamed() {
        assertTrue(warnings(7, SETTINGS, AMPLE).stream()
                .anyMatch(warning -> warning.what().contains("7 images of 8 columns")));
    }

    @Test
    void aBatchOfMoreThanAllImagesIsNamed() {
        var warning = only(warnings(400, "training: {batch: 401}\n", AMPLE));
        assertTrue(warning.what().contains("a batch of 401 is more than the 400 images"), warning.what());
    }

    @Test
    void aSmallHeapIsNamedWithABetterOne() {
        var small = new Limits(1024 * MIB, 16384 * MIB, 0, 0, false, 65536 * MIB);
        var warning = only(warnings(390, SETTINGS, small));
        assertTrue(warning.fix().contains("-Xmx4096m"), warning.fix());
    }

    /** Of 100 MiB for 70 the parallel collector leaves 67; of 106 all of them. */
    @Test
    void aHeapThatHoldsTheRunButNotTheCollectorsPartIsNamed() {
        var run = SmallRun.of(390, SETTINGS);
        var thing = new SizedThing("rows", Place.HEAP, 70 * MIB, 0, Set.of(Phase.FEATURES), "made up", "");
        for (var heap : new long[] {100, 106}) {
            var limits = new Limits(heap * MIB, 0, 0, 0, false, Limits.UNKNOWN_DISK);
            var warnings = Warnings.of(run, new Room(List.of(thing), limits), null);
            assertEquals(heap == 100 ? 1 : 0, warnings.size(), warnings::toString);
        }
    }

    /** 10,000,000 images take 1,907 MiB by their names; more features and images are kept in a larger heap. */
    @Test
    void aHeapThatIsAdvisedSuffices() {
        var run = SmallRun.of(10_000_000, SETTINGS);
        var warning = only(Warnings.of(run, room(run, heap(1024)), null));
        var advised = warning.fix().replaceAll("(?s).*-Xmx(\\d+)m.*", "$1");
        assertEquals(List.of(), Warnings.of(run, room(run, heap(Long.parseLong(advised))), null));
    }

    private static Limits heap(long mebibytes) {
        return new Limits(mebibytes * MIB, 0, 0, 0, false, Limits.UNKNOWN_DISK);
    }

    /** 1,400 MiB of 1,500 are needed in the heap: a smaller one would not do. */
    @Test
    void aHeapIsNotToBeLargerAndSmallerAtOnce() {
        var thing = new SizedThing("rows", Place.HEAP, 1400 * MIB, 0, Set.of(Phase.FEATURES), "made up", "");
        var engine = new SizedThing("library", Place.NATIVE, 600 * MIB, 0, Set.of(Phase.FEATURES), "made up", "");
        var limits = new Limits(1500 * MIB, 2048 * MIB, 0, 0, false, Limits.UNKNOWN_DISK);
        var warning = only(Warnings.of(SmallRun.of(390, SETTINGS), new Room(List.of(thing, engine), limits), null));
        assertTrue(warning.fix().startsWith("give Java more"), warning.fix());
    }

    @Test
    void aHeapThatMayOutgrowTheContainerIsNamed() {
        var container = new Limits(1500 * MIB, 2048 * MIB, 0, 0, false, 65536 * MIB);
        var warning = only(warnings(390, SETTINGS, container));
        assertTrue(warning.what().contains("may grow to 1500 MiB"), warning.what());
    }

    /** 100 MiB are needed, and 90 are there. */
    @Test
    void aSmallerBatchIsAdvisedWhereItHelpsOnly() {
        for (var phase : List.of(Phase.FIT, Phase.TRAINING)) {
            var thing = new SizedThing("it", Place.DEVICE, 100 * MIB, 0, Set.of(phase), "made up", "do something else");
            var limits = new Limits(4096 * MIB, 8192 * MIB, 0, 90 * MIB, true, Limits.UNKNOWN_DISK);
            var fix = only(Warnings.of(SmallRun.of(390, SETTINGS), new Room(List.of(thing), limits), null))
                    .fix();
            assertEquals("do something else", fix, "at " + phase + " a batch of 64 fits by far");
        }
    }

    @Test
    void aFullDiskIsNamed() {
        var full = new Limits(4096 * MIB, 16384 * MIB, 0, 0, false, 0);
        assertTrue(only(warnings(390, SETTINGS, full)).what().contains("0 MiB are free"));
    }

    @Test
    void aDiskOfWhichTheRunTakesMostIsNamed() {
        var full = new Limits(4096 * MIB, 16384 * MIB, 0, 0, false, 64 << 10);
        assertTrue(only(warnings(390, SETTINGS, full)).what().contains("of disk are needed"));
    }

    /** 390 images of 4 MiB are 1,560 MiB, of which an eighth of 4 GiB holds a third. */
    @Test
    void imagesThatDoNotStayDecodedAreNamedWithWhatThatCosts() {
        var measured = new Measured(0.5, 0.01, 0.1, 0.2, 1e9, 1e9, 4 * MIB, 8, true);
        var run = SmallRun.of(390, SETTINGS);
        var warning = only(Warnings.of(run, room(run, AMPLE), measured));
        assertTrue(warning.what().contains("33 % fit"), warning.what());
        assertTrue(warning.what().contains("262 s of each epoch"), warning.what()); // 0.672 x 0.5 s x 780
        assertTrue(warning.fix().contains("uad dataset pack"), warning.fix());
        var packed = new Measured(0.05, 0.01, 0.1, 0.2, 1e9, 1e9, 4 * MIB, 8, false);
        assertEquals(List.of(), Warnings.of(run, room(run, AMPLE), packed), "there is nothing to decode");
    }

    /** Each of four has 600 MiB of library and an eighth of its heap for images: 256 MiB, and 64 in each other one. */
    @Test
    void processesThatTogetherOutgrowTheirMachineAreNamed() {
        var run = SmallRun.of(390, SETTINGS);
        var limits = new Limits(2048 * MIB, 2500 * MIB, 0, 0, false, Limits.UNKNOWN_DISK);
        var alone = Warnings.of(run, Room.of(run, limits, RunSizes.UNKNOWN), null);
        assertTrue(alone.stream().noneMatch(warning -> warning.what().contains("memory are needed")), alone::toString);
        var shared = run.in(Topology.onThisMachine(4, 512 * MIB));
        var warnings = Warnings.of(shared, Room.of(shared, limits, RunSizes.UNKNOWN), null);
        assertTrue(
                warnings.stream()
                        .anyMatch(warning -> warning.what().contains("2849 MiB of memory are needed in 4 processes")
                                && warning.fix().startsWith("use fewer processes")),
                warnings::toString);
    }

    /** 400 MiB of labels of 10,000,000 images are 600 with the collector's part. */
    @Test
    void theHeapOfTheOtherProcessesIsNamedIfItIsTheOneThatIsSmall() {
        var run = SmallRun.of(10_000_000, SETTINGS).in(Topology.onThisMachine(2, 2048 * MIB));
        var limits = heap(8192);
        var warning = only(Warnings.of(run, Room.of(run, limits, 0), null));
        assertTrue(warning.what().contains("of Java's heap are needed in each other process"), warning.what());
        assertTrue(warning.what().contains("2048 MiB are allowed"), warning.what());
    }

    /** 400 MiB of labels and 1,907 of names; each of two needs a heap of about 4,096 MiB, which 10,000 hold twice and 5,000 not. */
    @Test
    void aHeapIsAdvisedOnceAndOnlyIfTheMachineHoldsAllOfThem() {
        var run = SmallRun.of(10_000_000, SETTINGS).in(Topology.onThisMachine(2, 512 * MIB));
        for (var host : new long[] {10_000, 5_000}) {
            var limits = new Limits(1024 * MIB, host * MIB, 0, 0, false, Limits.UNKNOWN_DISK);
            var heaps = Warnings.of(run, Room.of(run, limits, RunSizes.UNKNOWN), null).stream()
                    .filter(warning -> warning.fix().contains("-Xmx"))
                    .toList();
            var fix = only(heaps).fix();
            assertEquals(host == 5_000, fix.startsWith("use fewer processes"), fix);
            assertTrue(fix.contains("for each process"), fix);
        }
    }

    private static List<PlanWarning> warnings(int images, String settings, Limits limits) {
        var run = SmallRun.of(images, settings);
        return Warnings.of(run, room(run, limits), null);
    }

    private static Room room(PreparedRun run, Limits limits) {
        return new Room(RunSizes.of(run, limits.heap()), limits);
    }

    private static PlanWarning only(List<PlanWarning> warnings) {
        assertEquals(1, warnings.size(), warnings::toString);
        return warnings.get(0);
    }
}
