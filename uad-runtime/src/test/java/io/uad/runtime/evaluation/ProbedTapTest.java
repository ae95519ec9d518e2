package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.runtime.feature.AveragePooling;
import io.uad.runtime.feature.TapReading;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbedTapTest {
    private static final int CLASSES = 3;
    private final FixedLogits engine = new FixedLogits();

    @Test
    void oneViewIsScoredByItsLogitsAndTheLossIsTheMeanCrossEntropy() {
        try (var tap = tap()) {
            engine.logits = new float[] {2, 0, 0, 0, 1, 3};
            tap.validate(new float[2], new int[] {0, 1}, 1, 0);
            var scores = tap.takeScores();
            assertEquals(50, scores.top1());
            assertEquals(100, scores.top5());
            assertEquals((crossEntropy(0, 2, 0, 0) + crossEntropy(1, 0, 1, 3)) / 2, scores.loss(), 1e-9);
        }
    }

    @Test
    void severalViewsAreScoredByTheMeanOfTheirSoftmaxNotOfTheirLogits() {
        try (var tap = tap()) {
            // the mean of the logits favours class 1, of the softmax class 0
            engine.logits = new float[] {0, 20, -40, 2, 0, -40, 2, 0, -40};
            tap.validate(new float[3], new int[] {0}, 3, 0);
            assertEquals(100, tap.takeScores().top1());
        }
    }

    @Test
    void theLossOfSeveralViewsIsThatOfTheChosenOne() {
        try (var tap = tap()) {
            engine.logits = new float[] {0, 5, 0, 1, 0, 0, 0, 0, 7};
            tap.validate(new float[3], new int[] {0}, 3, 1);
            assertEquals(crossEntropy(0, 1, 0, 0), tap.takeScores().loss(), 1e-9);
        }
    }

    @Test
    void theLearningRateFallsPerIterationAndTheWholeLayerHasMomentum() {
        try (var tap = tap()) {
            for (var step = 0; step < 3; step++) {
                tap.train(new float[2], new int[] {0, 1});
            }
            for (var step = 0; step < 3; step++) {
                var rule = engine.rules.get(step);
                assertEquals(0.5 / Math.sqrt(1 + 0.5 * 0.1 * step), rule.learningRate(), 1e-12);
                assertEquals(0.9, rule.momentum());
                assertEquals(0.1, rule.weightDecay());
            }
        }
    }

    @Test
    void scoresBeginAnewAfterTheyAreTaken() {
        try (var tap = tap()) {
            engine.logits = new float[] {2, 0, 0};
            tap.validate(new float[1], new int[] {1}, 1, 0);
            assertEquals(0, tap.takeScores().top1());
            tap.validate(new float[1], new int[] {0}, 1, 0);
            assertEquals(100, tap.takeScores().top1());
        }
    }

    @Test
    void aLossThatIsNoNumberStopsTheProbeInTrainingAndInValidation() {
        try (var tap = tap()) {
            engine.loss = Double.NaN;
            var training = assertThrows(UadException.class, () -> tap.train(new float[1], new int[] {0}));
            assertEquals(ErrorKind.DATA, training.kind());
            assertTrue(training.toString().contains("diverged"), training.toString());
            engine.logits = new float[] {Float.NaN, 0, 0};
            assertThrows(UadException.class, () -> tap.validate(new float[1], new int[] {0}, 1, 0));
        }
    }

    private static double crossEntropy(int target, double... logits) {
        var sum = 0.0;
        for (var logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum) - logits[target];
    }

    private ProbedTap tap() {
        var settings = new ProbeSettings(
                Path.of("data"),
                List.of("conv1"),
                false,
                ProbeSettings.Pooling.ADAPTIVE,
                1,
                2,
                0.5,
                0.9,
                0.1,
                1,
                Path.of("out"));
        var map = new TensorShape(1, 1, 1);
        var reading = new TapReading("conv1", map, AveragePooling.fitting(map));
        return new ProbedTap(reading, CLASSES, settings, engine);
    }
}
