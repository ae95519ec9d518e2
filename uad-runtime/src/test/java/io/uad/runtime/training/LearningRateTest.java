package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.config.TrainingSettings;
import io.uad.runtime.config.TrainingSettings.HeadStart;
import io.uad.runtime.config.TrainingSettings.Schedule;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void aConstantRateIsTheSameInEveryStep() {
        var rate = new LearningRate(settings(Schedule.CONSTANT, 0));
        assertEquals(0.4, rate.at(0, 0, 10, 0));
        assertEquals(0.4, rate.at(9, 9, 10, 99));
    }

    @Test
    void cosineFallsFromTheRateOverItsHalfToNearlyNothing() {
        var rate = new LearningRate(settings(Schedule.COSINE, 0));
        assertEquals(0.4, rate.at(0, 0, 10, 0));
        assertEquals(0.2, rate.at(5, 0, 10, 50), 1e-12);
        var last = rate.at(9, 9, 10, 99);
        assertTrue(last > 0 && last < 1e-3, "was " + last);
    }

    @Test
    void warmUpRisesStepByStepAndReachesTheRateAtItsEnd() {
        var rate = new LearningRate(settings(Schedule.CONSTANT, 2));
        assertEquals(0.4 / 20, rate.at(0, 0, 10, 0), 1e-12);
        assertEquals(0.4 / 2, rate.at(0, 9, 10, 9), 1e-12);
        assertEquals(0.4, rate.at(1, 9, 10, 19), 1e-12);
        assertEquals(0.4, rate.at(2, 0, 10, 20));
    }

    @Test
    void cosineBeginsToFallAfterTheWarmUp() {
        var rate = new LearningRate(settings(Schedule.COSINE, 2));
        assertEquals(0.4, rate.at(2, 0, 10, 20), 1e-12);
        assertEquals(0.2, rate.at(6, 0, 10, 60), 1e-12);
    }

    @Test
    void aRunMayBeAllWarmUp() {
        assertEquals(0.4, new LearningRate(settings(Schedule.COSINE, 10)).at(9, 9, 10, 99), 1e-12);
    }

    @Test
    void theInverseSquareRootFallsWithTheIterations() {
        var rate = new LearningRate(settings(Schedule.INVERSE_SQUARE_ROOT, 0));
        assertEquals(0.4, rate.at(0, 0, 10, 0));
        assertEquals(0.4 / Math.sqrt(1 + 0.4 * 0.01 * 750), rate.at(0, 5, 10, 750), 1e-12);
    }

    @Test
    void aWarmUpLongerThanTheRunIsRefused() {
        var problem = assertThrows(IllegalArgumentException.class, () -> settings(Schedule.CONSTANT, 11));
        assertTrue(String.valueOf(problem.getMessage()).contains("warm-up"), problem::toString);
    }

    private static TrainingSettings settings(Schedule schedule, double warmUp) {
        return new TrainingSettings(
                10, 0, 32, 0.4, 0.9, 0.01, schedule, warmUp, OptionalDouble.empty(), HeadStart.FRESH, 0, 2, true);
    }
}
