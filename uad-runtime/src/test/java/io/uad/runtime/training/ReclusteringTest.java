package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReclusteringTest {
    private static final int[] BEFORE = {0, 0, 1, 1, 2};

    @Test
    void clustersThatAreOnlyRenumberedHaveNoChurn() {
        assertEquals(0, Reclustering.churn(BEFORE, new int[] {2, 2, 0, 0, 1}));
    }

    @Test
    void churnIsTheShareOfImagesThatLeftTheirCluster() {
        assertEquals(0.2, Reclustering.churn(BEFORE, new int[] {0, 0, 1, 2, 2}), 1e-12);
    }

    @Test
    void whoeverBecomesNoiseOrWasItHasMoved() {
        assertEquals(0.2, Reclustering.churn(BEFORE, new int[] {0, 0, 1, -1, 2}), 1e-12);
        assertEquals(1, Reclustering.churn(new int[] {-1, 0}, new int[] {0, -1}));
        assertEquals(0, Reclustering.churn(new int[] {0, -1}, new int[] {0, -1}));
    }

    @Test
    void aStillClusteringIsKeptUntilItIsTooOld() {
        var rule = new Reclustering(0.2, 3);
        var plan = plan(rule, new int[] {0, 0, 1, 2, 2});
        assertTrue(rule.mayKeep(plan));
        var once = rule.keep(plan, new int[] {4, 3, 2, 1, 0});
        assertEquals(8, once.epoch());
        assertArrayEquals(plan.labels(), once.labels());
        assertArrayEquals(plan.labels(), once.previousLabels());
        assertArrayEquals(new int[] {4, 3, 2, 1, 0}, once.order());
        assertTrue(rule.mayKeep(once));
        assertFalse(rule.mayKeep(rule.keep(once, new int[5])));
    }

    @Test
    void aClusteringThatMovedMoreIsNotKeptNorTheFirstOne() {
        var rule = new Reclustering(0.1, 3);
        assertFalse(rule.mayKeep(plan(rule, new int[] {0, 0, 1, 2, 2})));
        assertFalse(rule.mayKeep(null));
        var first = new HashMap<String, Double>();
        rule.note(first, null, BEFORE);
        assertFalse(rule.mayKeep(plan(first, BEFORE)));
    }

    @Test
    void withoutAThresholdNothingIsNotedAndEveryEpochIsClustered() {
        var rule = new Reclustering(0, 2);
        var plan = plan(rule, BEFORE);
        assertEquals(Map.of(), plan.metrics());
        assertFalse(rule.mayKeep(plan));
    }

    private static EpochPlan plan(Reclustering rule, int[] now) {
        var metrics = new HashMap<String, Double>();
        rule.note(metrics, BEFORE, now);
        return plan(metrics, now);
    }

    private static EpochPlan plan(Map<String, Double> metrics, int[] now) {
        return new EpochPlan(
                7,
                List.of(),
                NamedTensors.empty(),
                FeatureMatrix.allocate(3, 1),
                now,
                new float[5],
                new float[5],
                BEFORE,
                new int[] {0, 1, 2, 3, 4},
                metrics);
    }
}
