package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.Seed;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 800 files, class by class: 10 classes of 80, which are 5 batches of 16 each. */
class FolderOrderTest {
    private static final int FILES = 800;
    private static final int BATCH = 16;
    private static final Seed SEED = new Seed(3);

    @Test
    void clustersThatAreTheBatchesAreSuspicious() {
        var order = order(file -> file / BATCH % 20, FolderOrderTest::label);
        assertTrue(order.nmi() > 0.8, order.toString());
        assertTrue(order.isSuspicious(), order.toString());
    }

    @Test
    void clustersThatAreTheClassesFollowTheOrderAndAreNot() {
        var order = order(FolderOrderTest::label, FolderOrderTest::label);
        assertTrue(order.nmi() > 0.7, order.toString()); // ln 10 / ((ln 10 + ln 50) / 2) = 0.74
        assertEquals(order.nmi(), order.shuffled(), 1e-12);
        assertFalse(order.isSuspicious());
    }

    @Test
    void clustersThatFollowTheClassesHereAndThereAreNot() {
        for (var run = 0; run < 20; run++) {
            var draw = new Seed(run);
            var order = order(
                    file -> draw.integer(file, 3) > 0 ? label(file) : draw.integer(file, 10), FolderOrderTest::label);
            assertFalse(order.isSuspicious(), order.toString());
        }
    }

    @Test
    void clustersAtRandomAreNotHoweverFewTheFiles() {
        for (var files : new int[] {20, 60, 800}) {
            for (var run = 0; run < 50; run++) {
                var draw = new Seed(run);
                var order = FolderOrder.of(
                        numbers(files, file -> draw.integer(file, 5)),
                        numbers(files, file -> file),
                        numbers(files, file -> -1),
                        BATCH,
                        SEED);
                assertFalse(order.isSuspicious(), files + " files: " + order);
            }
        }
    }

    @Test
    void withoutClassesAllFilesChangePlaces() {
        var order = order(FolderOrderTest::label, file -> -1);
        assertTrue(order.isSuspicious(), order.toString());
    }

    @Test
    void samplesThatAreMissingKeepTheOthersPlaces() {
        var samples = IntStream.range(0, FILES).filter(file -> file % 3 > 0).toArray();
        var order = FolderOrder.of(
                IntStream.of(samples).map(file -> file / BATCH).toArray(),
                samples,
                IntStream.of(samples).map(FolderOrderTest::label).toArray(),
                BATCH,
                SEED);
        assertEquals(1, order.nmi(), 1e-12);
    }

    private static int label(int file) {
        return file / 80;
    }

    private static FolderOrder order(IntUnaryOperator cluster, IntUnaryOperator label) {
        return FolderOrder.of(
                numbers(FILES, cluster), numbers(FILES, file -> file), numbers(FILES, label), BATCH, SEED);
    }

    private static int[] numbers(int count, IntUnaryOperator of) {
        return IntStream.range(0, count).map(of).toArray();
    }
}
