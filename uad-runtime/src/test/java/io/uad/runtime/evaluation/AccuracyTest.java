package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AccuracyTest {
    @Test
    void lowerClassNumberWinsATie() {
        float[] scores = {1, 1, 0, 1, 1, 0};
        assertEquals(50, Accuracy.top1(scores, 3, new int[] {0, 1}));
        assertEquals(100, Accuracy.top(2, scores, 3, new int[] {0, 1}));
    }

    @Test
    void scoreThatIsNotANumberRanksFirst() {
        float[] scores = {5, Float.NaN, Float.POSITIVE_INFINITY};
        assertEquals(0, Accuracy.correct(1, scores, 3, new int[] {2}));
        assertEquals(1, Accuracy.correct(1, scores, 3, new int[] {1}));
        assertEquals(1, Accuracy.correct(2, scores, 3, new int[] {2}));
    }

    @Test
    void topFiveOfThreeClassesIsAlwaysRight() {
        assertEquals(100, Accuracy.top5(new float[] {3, 2, 1}, 3, new int[] {2}));
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Accuracy.top1(new float[0], 3, new int[0]));
        assertThrows(IllegalArgumentException.class, () -> Accuracy.top1(new float[5], 3, new int[2]));
        assertThrows(IllegalArgumentException.class, () -> Accuracy.top1(new float[3], 3, new int[] {3}));
        assertThrows(IllegalArgumentException.class, () -> Accuracy.top1(new float[3], 3, new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> Accuracy.top(0, new float[3], 3, new int[] {0}));
    }
}
