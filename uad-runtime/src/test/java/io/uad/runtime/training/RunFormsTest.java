package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.engine.TapSelection;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.process.Form;
import io.uad.runtime.process.GroupOfThreads;
import io.uad.runtime.process.Processes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunFormsTest {
    private static <T> T copied(T value, Form<T> form) {
        var group = new GroupOfThreads(2);
        return GroupOfThreads.outcomes(
                        2,
                        rank -> Processes.of(group.member(rank), new StopSignal())
                                .byLeader(() -> value, form))
                .get(1)
                .value();
    }

    private static EpochPlan plan(int[] previous) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("z-first", 0.1);
        metrics.put("a-second", Double.NaN);
        return new EpochPlan(
                7,
                List.of(TapSelection.all("fc"), new TapSelection("pool1", List.of(4, 2))),
                new NamedTensors(Map.of("mean", Tensor.of(new float[] {1, 2}, 2))),
                FeatureMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 3),
                new int[] {1, -1, 0},
                new float[] {0, 1, 0.5f},
                new float[] {1, 0, 2},
                previous,
                new int[] {2, 0, 0, 2},
                metrics);
    }

    private static void assertSame(EpochPlan expected, EpochPlan actual) {
        assertEquals(expected.epoch(), actual.epoch());
        assertEquals(expected.selections(), actual.selections());
        assertEquals(expected.projection(), actual.projection());
        assertEquals(expected.centroids().columns(), actual.centroids().columns());
        assertArrayEquals(expected.centroids().toArray(), actual.centroids().toArray());
        assertArrayEquals(expected.labels(), actual.labels());
        assertArrayEquals(expected.squaredDistances(), actual.squaredDistances());
        assertArrayEquals(expected.weights(), actual.weights());
        assertArrayEquals(expected.previousLabels(), actual.previousLabels());
        assertArrayEquals(expected.order(), actual.order());
        assertEquals(
                List.copyOf(expected.metrics().entrySet()),
                List.copyOf(actual.metrics().entrySet()));
    }

    @Test
    void aPlanArrivesWithAllThatItHolds() {
        var first = plan(new int[] {0, 0, 1});
        assertSame(first, copied(first, RunForms.PLAN));
        var copy = copied(first, RunForms.PLAN);
        copy.metrics().put("added", 1.0); // as the loop does
        assertEquals(3, copy.metrics().size());
    }

    @Test
    void aPositionArrivesWithinAnEpochAndBetweenTwo() {
        var progress = new EpochProgress(3, 24, 23, 0.1 + 0.2, 5);
        var within = RunPosition.within(plan(new int[] {0, 0, 1}), 1L << 40, progress);
        var copy = copied(within, RunForms.POSITION);
        assertEquals(within.epoch(), copy.epoch());
        assertEquals(within.iteration(), copy.iteration());
        assertEquals(progress, copy.progress());
        assertSame(Objects.requireNonNull(within.plan()), Objects.requireNonNull(copy.plan()));
        assertNull(copy.finished());

        var after = copied(RunPosition.after(plan(new int[] {1, 1, 1}), 9), RunForms.POSITION);
        assertEquals(8, after.epoch());
        assertNull(after.plan());
        assertArrayEquals(new int[] {1, -1, 0}, after.previousLabels());
        assertEquals(7, Objects.requireNonNull(after.finished()).epoch());

        var beginning = copied(RunPosition.beginning(2), RunForms.POSITION);
        assertNull(beginning.previousLabels());
        assertNull(beginning.finished());
    }
}
