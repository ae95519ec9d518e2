package io.uad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void eachCallIsBetweenTwoBurstsAndTheWarmUpIsNotCounted() {
        var log = new ArrayList<String>();
        var reference = new Workload("r", 1, 0, () -> log.add("r"));
        var first = new Workload("a", 1, 1, () -> log.add("a"));
        var second = new Workload("b", 1, 1, () -> log.add("b"));
        var rounds = new Rounds(reference, List.of(first, second));
        rounds.warmUp();
        log.clear();
        rounds.run();
        assertEquals("rrrrarrrrbrrrr", String.join("", log));
        assertEquals(12, rounds.references().size());
        assertEquals(1, rounds.of(first).size());
    }

    @Test
    void aWorkloadLikeTheReferenceHasAShareOfAboutOne() {
        var reference = new Workload("r", 1, 0, RoundsTest::pause);
        var same = new Workload("a", 1, 1, RoundsTest::pause);
        var rounds = new Rounds(reference, List.of(same));
        rounds.run();
        var share = rounds.of(same).get(0).share();
        assertTrue(share > 0.1 && share < 10, "pauses may be longer than asked for, but " + share);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9, 1, 2, 3), Integer::doubleValue));
        assertEquals(
                "2.50 (1.00 to 9.00)",
                Spread.of(List.of(9, 1, 2, 3), Integer::doubleValue).text(2));
        assertThrows(IllegalArgumentException.class, () -> Spread.of(List.<Integer>of(), Integer::doubleValue));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
