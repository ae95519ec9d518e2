package io.uad.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Of 8 cores. */
class CoreShareTest {
    private static void assertShare(double ofAll, double ofOne, int processes, OptionalInt chosen) {
        var share = new CoreShare(8, processes, chosen);
        assertEquals(ofAll, share.ofAll(), 1e-12);
        assertEquals(ofOne, share.ofOne(), 1e-12);
    }

    @Test
    void openThreadsArePartsOfTheCores() {
        assertShare(1, 1, 1, OptionalInt.empty());
        assertShare(1, 4, 4, OptionalInt.empty());
        assertShare(8 / 6.0, 4, 3, OptionalInt.empty()); // two threads each, and two cores idle
        assertShare(1, 8, 16, OptionalInt.empty()); // one thread each
    }

    @Test
    void chosenThreadsAreEachProcesssUpToTheCores() {
        assertShare(1, 1, 1, OptionalInt.of(2));
        assertShare(1 / 3.0, 1, 3, OptionalInt.of(2));
        assertShare(1 / 4.0, 1, 8, OptionalInt.of(2));
        assertShare(1, 1, 2, OptionalInt.of(8));
        assertShare(1, 1, 2, OptionalInt.of(16));
    }
}
