package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunPositionTest {
    private static final int[] NOW = {0, 1, 1};
    private static final EpochPlan PLAN = new EpochPlan(
            4,
            List.of(),
            NamedTensors.empty(),
            FeatureMatrix.of(new float[] {1, 2}, 1),
            NOW,
            new float[3],
            new float[3],
            new int[] {1, 0, 0},
            new int[] {0, 1, 2},
            Map.of());

    @Test
    void anEpochThatIsPlannedAnewComparesWithTheLabelsThatTheHeadWasTrainedOn() {
        var within = RunPosition.within(PLAN, 40, EpochProgress.START.after(3, 3, 1, 1));
        var replanned = within.replanned(true);
        assertNull(replanned.plan());
        assertEquals(4, replanned.epoch());
        assertEquals(EpochProgress.START, replanned.progress());
        assertArrayEquals(NOW, replanned.previousLabels());
        assertArrayEquals(NOW, RunPosition.after(PLAN, 42).replanned(true).previousLabels());
    }

    @Test
    void labelsOfOtherSamplesAreNotCompared() {
        assertNull(RunPosition.after(PLAN, 42).replanned(false).previousLabels());
    }
}
