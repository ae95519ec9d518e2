package io.uad.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.UadException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceComparisonTest {
    @TempDir
    Path folder;

    private TraceFolder right;
    private TraceFolder other;

    @BeforeEach
    void writeEqualTraces() {
        right = write("right");
        other = write("other");
    }

    private TraceFolder write(String name) {
        var trace = TraceFolder.create(folder.resolve(name));
        trace.write(TracedStage.DECODE, Map.of("images", floats(1, 2, 3)));
        trace.write(TracedStage.FORWARD, Map.of("conv1", floats(0, -4, 2), "fc6", floats(8, 0, 1)));
        trace.write(TracedStage.LOSS, Map.of("losses", floats(2, 2.5f)));
        for (var batch = 0; batch < 2; batch++) {
            trace.write(TracedStage.GRADIENT, batch, gradients(floats(1, -1, 2)));
        }
        trace.write(TracedStage.PARAMETERS, Map.of("weight", floats(1, 1)));
        trace.write(TracedStage.FEATURES, Map.of("features", floats(1, 0), "projection.mean", floats(7)));
        trace.write(TracedStage.ASSIGNMENTS, labels(0, 0, 1, -1));
        trace.write(TracedStage.PSEUDO_LABELS, labels(0, 0, 1, -1));
        trace.write(summary("seed: 1", 2));
        return trace;
    }

    private static TraceSummary summary(String config, int steps) {
        return new TraceSummary("e", "l", "cpu", "", 1, "float32", 4, new TracedWork(4, 2, steps, 2), config, 1, 2, 3);
    }

    private static Tensor floats(float... values) {
        return Tensor.of(values, values.length);
    }

    private static Map<String, Tensor> labels(int... labels) {
        return Map.of("labels", Tensor.of(labels, labels.length));
    }

    private static NamedTensors gradients(Tensor weight) {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("weight", weight);
        tensors.put("noise", floats(1e-9f, -1e-9f));
        tensors.put("other", floats(1, 1));
        return new NamedTensors(tensors);
    }

    private StageDifference at(TracedStage stage, String item) {
        return new TraceComparison(right.path(), other.path())
                .differences().stream()
                        .filter(difference ->
                                difference.stage() == stage && difference.item().equals(item))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void equalTracesAgreeAtEveryStageInTheOrderOfTheData() {
        var differences = new TraceComparison(right.path(), other.path()).differences();
        assertEquals(
                List.of(
                        "decode",
                        "forward",
                        "forward",
                        "loss",
                        "gradient",
                        "parameters",
                        "features",
                        "assignments",
                        "pseudo-labels"),
                differences.stream().map(each -> each.stage().toString()).toList());
        differences.forEach(each -> assertTrue(each.agrees() && each.largest() == 0 && each.mean() == 0, each + ""));
    }

    @Test
    void differencesAreRelativeToTheLargestAndToTheMeanValueOfTheReference() {
        other.write(TracedStage.FORWARD, Map.of("conv1", floats(0, -4.1f, 2), "fc6", floats(8, 0, 1)));
        var conv = at(TracedStage.FORWARD, "conv1");
        assertEquals(0.1 / 4, conv.largest(), 1e-7);
        assertEquals((0.1 / 3) / (6.0 / 3), conv.mean(), 1e-7);
        assertFalse(conv.agrees());
        assertTrue(at(TracedStage.FORWARD, "fc6").agrees());
    }

    @Test
    void valuesThatAreMissingOrNotFiniteAreAsFarAwayAsCanBe() {
        other.write(TracedStage.FORWARD, Map.of("conv1", floats(0, Float.NaN, 2)));
        for (var tap : List.of("conv1", "fc6")) {
            assertEquals(Double.POSITIVE_INFINITY, at(TracedStage.FORWARD, tap).largest(), tap);
            assertFalse(at(TracedStage.FORWARD, tap).agrees());
        }
    }

    @Test
    void theBatchOfGradientsWithTheSmallestDifferenceCounts() {
        other.write(TracedStage.GRADIENT, 1, gradients(floats(5, 5, 5)));
        assertEquals(0, at(TracedStage.GRADIENT, "").mean());
        other.write(TracedStage.GRADIENT, 0, gradients(floats(1.2f, -1, 2)));
        var gradient = at(TracedStage.GRADIENT, "");
        assertEquals(0.2 / 4, gradient.mean(), 1e-6); // of the sum of the values
        assertEquals("weight", gradient.worst());
    }

    @Test
    void whatIsNothingButRoundingCountsByWhatIsUsualAmongItsNeighbours() {
        for (var batch = 0; batch < 2; batch++) {
            var tensors = new LinkedHashMap<>(gradients(floats(1, -1, 2)).asMap());
            tensors.put("noise", floats(-3e-9f, 5e-9f));
            other.write(TracedStage.GRADIENT, batch, new NamedTensors(tensors));
        }
        assertTrue(at(TracedStage.GRADIENT, "").mean() < 1e-6);
    }

    @Test
    void clustersAreMatchedWhateverTheirNumbersAndNoiseIsOne() {
        other.write(TracedStage.ASSIGNMENTS, labels(5, 5, 2, -1));
        assertEquals(0, at(TracedStage.ASSIGNMENTS, "").largest());
        other.write(TracedStage.ASSIGNMENTS, labels(5, 5, 2, 2));
        assertEquals(0.25, at(TracedStage.ASSIGNMENTS, "").largest());
        assertFalse(at(TracedStage.ASSIGNMENTS, "").agrees());
    }

    @Test
    void tracesOfOtherWorkAreRefused() {
        other.write(summary("seed: 2", 2));
        var seed = assertThrows(UadException.class, () -> new TraceComparison(right.path(), other.path()));
        assertEquals(ErrorKind.CONFIG, seed.kind());
        assertTrue(seed.toString().contains("seed was 1 and is now 2"), seed.toString());
        other.write(summary("seed: 1", 3));
        assertThrows(UadException.class, () -> new TraceComparison(right.path(), other.path()));
        other.write(summary("seed: 1\noutput: elsewhere", 2));
        new TraceComparison(right.path(), other.path()); // where it went does not matter
    }

    @Test
    void aFolderWithoutATraceIsAMistakeInTheData() {
        var nothing = assertThrows(UadException.class, () -> new TraceComparison(folder, other.path()));
        assertEquals(ErrorKind.DATA, nothing.kind());
    }
}
