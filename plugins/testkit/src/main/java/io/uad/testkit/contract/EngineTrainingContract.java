package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an engine promises of a training step, compared with plain loops in doubles. */
abstract class EngineTrainingContract extends EngineForwardContract {
    static final Sgd BODY = new Sgd(0.1, 0.9, 0.01);
    static final Sgd HEAD = new Sgd(0.05, 0, 0.001);
    /** Half the width of a difference of losses. */
    private static final double STEP = 1e-6;

    static final DropoutSeed DROPOUT = new DropoutSeed(new Seed(9), 12);

    /** Work on a session that can be trained. */
    @FunctionalInterface
    interface Work {
        void on(SmallNetwork small, TrainingSession session);
    }

    final void withSession(Work work) {
        withSession(SmallNetwork.ofEverything(), work);
    }

    private void withSession(SmallNetwork small, Work work) {
        try (var engine = create();
                var session = small.openToTrain(engine)) {
            work.on(small, session);
        }
    }

    /** Leaves a check out for an engine that says that it lacks something. */
    final void assumeIt(Capability capability) {
        try (var engine = create()) {
            assumeTrue(engine.capabilities().has(capability), "the engine lacks " + capability);
        }
    }

    static StepOutcome backward(SmallNetwork small, TrainingSession session) {
        return session.backward(small.labelled(), DROPOUT);
    }

    private static double loss(SmallNetwork small, PlainNetwork plain) {
        var batch = small.labelled();
        return plain.loss(small.maps(), batch.labels(), batch.weights(), DROPOUT);
    }

    private static PlainNetwork plain(SmallNetwork small, TrainingSession session) {
        return new PlainNetwork(small.network(), session.state().read(Kind.WEIGHTS));
    }

    @Test
    final void theLossIsTheMeanOfTheWeightedCrossEntropies() {
        withSession((small, session) -> {
            var plain = plain(small, session);
            var outcome = backward(small, session);
            assertEquals(loss(small, plain), outcome.loss(), 1e-5);
            assertTrue(outcome.correct() >= 0 && outcome.correct() <= SmallNetwork.SAMPLES, outcome.toString());
        });
    }

    /**
     * At the largest value of each gradient, to half a percent: a rectifier whose input is 0 to within rounding may fall
     * either way in float32, and a gradient that lacks a branch, a weight or a mask is off by far more.
     */
    @Test
    final void gradientsAreTheSlopesOfThatLoss() {
        withSession(EngineTrainingContract::checkGradients);
    }

    @Test
    final void gradientsPassFixedConvolutionsAndMeans() {
        withSession(SmallNetwork.ofOtherPaths(), EngineTrainingContract::checkGradients);
    }

    private static void checkGradients(SmallNetwork small, TrainingSession session) {
        var plain = plain(small, session);
        backward(small, session);
        var gradients = session.state().read(Kind.GRADIENTS);
        for (var parameter : small.network().parameters()) {
            assertEquals(parameter.trained(), gradients.has(parameter.name()), "gradient of " + parameter.name());
        }
        assertTrue(gradients.has("top_layer.weight") && gradients.has("top_layer.bias"), "the head's gradients");
        gradients.asMap().forEach((name, gradient) -> {
            var values = gradient.floats();
            var entry = largest(values);
            assertEquals(
                    slope(small, plain, name, entry),
                    values[entry],
                    5e-3 * Math.abs(values[entry]) + 1e-5,
                    name + "[" + entry + "]");
        });
    }

    private static double slope(SmallNetwork small, PlainNetwork plain, String name, int entry) {
        var values = plain.parameter(name);
        var before = values[entry];
        values[entry] = before + STEP;
        var above = loss(small, plain);
        values[entry] = before - STEP;
        var below = loss(small, plain);
        values[entry] = before;
        return (above - below) / (2 * STEP);
    }

    private static int largest(float[] values) {
        var largest = 0;
        for (var i = 1; i < values.length; i++) {
            largest = Math.abs(values[i]) > Math.abs(values[largest]) ? i : largest;
        }
        return largest;
    }

    @Test
    final void runningStatisticsAndCountersMoveInTrainingAndOnlyThere() {
        withSession((small, session) -> {
            var before = session.state().read(Kind.WEIGHTS);
            var plain = plain(small, session);
            session.forward(small.batch(), List.of(TapSelection.all(SmallNetwork.OUT)));
            assertEquals(before, session.state().read(Kind.WEIGHTS), "evaluation changed something");
            loss(small, plain);
            backward(small, session);
            session.state().read(Kind.WEIGHTS).asMap().forEach((name, tensor) -> {
                if (name.contains("running_")) {
                    assertClose(name, plain.parameter(name), tensor.floats(), 1e-5);
                } else if (name.endsWith("num_batches_tracked")) {
                    assertEquals(1, tensor.longs()[0], name);
                } else {
                    assertEquals(before.get(name), tensor, name + " changed before the update");
                }
            });
        });
    }

    @Test
    final void gradientsAreThoseOfTheLastBackward() {
        assumeIt(Capability.REPEATABLE);
        withSession((small, session) -> {
            assertTrue(session.state().read(Kind.GRADIENTS).names().isEmpty(), "gradients before the first backward");
            backward(small, session);
            var once = session.state().read(Kind.GRADIENTS);
            backward(small, session);
            assertEquals(once, session.state().read(Kind.GRADIENTS), "they add up");
        });
    }

    @Test
    final void gradientsThatAreWrittenReplaceThoseOfTheBackward() {
        assumeIt(Capability.GRADIENT_EXCHANGE);
        withSession((small, session) -> {
            backward(small, session);
            var once = session.state().read(Kind.GRADIENTS);
            var weight = once.get(SmallNetwork.CONV + ".weight");
            var twice = weight.floats().clone();
            for (var i = 0; i < twice.length; i++) {
                twice[i] *= 2;
            }
            var given = new NamedTensors(Map.of(SmallNetwork.CONV + ".weight", new Tensor(weight.shape(), twice)));
            session.state().write(Kind.GRADIENTS, given);
            var found = session.state().read(Kind.GRADIENTS);
            assertArrayEquals(twice, found.get(SmallNetwork.CONV + ".weight").floats());
            assertEquals(once.get("top_layer.weight"), found.get("top_layer.weight"), "the rest stays");
        });
    }

    @Test
    final void updatesFollowThatFormOfDescentWithMomentum() {
        withSession((small, session) -> {
            assertTrue(session.state().read(Kind.MOMENTUM).names().isEmpty(), "momentum before the first update");
            for (var step = 0; step < 2; step++) {
                backward(small, session);
                assertUpdated(small, session, Double.POSITIVE_INFINITY);
            }
        });
    }

    @Test
    final void gradientsWithALargerNormAreShortened() {
        withSession((small, session) -> {
            backward(small, session);
            assertUpdated(small, session, 0.5 * norm(session.state().read(Kind.GRADIENTS)));
        });
    }

    private static double norm(NamedTensors tensors) {
        var squares = 0.0;
        for (var tensor : tensors.asMap().values()) {
            for (var value : tensor.floats()) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }

    private static void assertUpdated(SmallNetwork small, TrainingSession session, double maxNorm) {
        var weights = session.state().read(Kind.WEIGHTS);
        var momentum = session.state().read(Kind.MOMENTUM);
        var gradients = session.state().read(Kind.GRADIENTS);
        session.update(BODY, HEAD, maxNorm);
        var newWeights = session.state().read(Kind.WEIGHTS);
        var newMomentum = session.state().read(Kind.MOMENTUM);
        var norm = norm(gradients);
        var factor = norm > maxNorm ? maxNorm / (norm + 1e-6) : 1;
        gradients.asMap().forEach((name, gradient) -> {
            var rule = name.startsWith(small.network().head()) ? HEAD : BODY;
            var velocity = PlainNetwork.doubles(gradient.floats());
            var expected = PlainNetwork.doubles(weights.get(name).floats());
            for (var i = 0; i < velocity.length; i++) {
                velocity[i] = velocity[i] * factor + rule.weightDecay() * expected[i];
                if (momentum.has(name)) {
                    velocity[i] += rule.momentum() * momentum.get(name).floats()[i];
                }
                expected[i] -= rule.learningRate() * velocity[i];
            }
            assertClose(name, expected, newWeights.get(name).floats(), 1e-6);
            assertEquals(rule.momentum() > 0, newMomentum.has(name), "momentum of " + name);
            if (newMomentum.has(name)) {
                assertClose(
                        "momentum of " + name, velocity, newMomentum.get(name).floats(), 1e-6);
            }
        });
        assertEquals(weights.get("fixed.weight"), newWeights.get("fixed.weight"), "fixed weights");
    }

    @Test
    final void aStepOnlyReadsItsBatch() {
        withSession((small, session) -> {
            var batch = small.labelled();
            session.backward(batch, DROPOUT);
            session.update(BODY, HEAD);
            assertArrayEquals(small.labelled().labels(), batch.labels());
            assertArrayEquals(small.labelled().weights(), batch.weights());
        });
    }

    @Test
    final void samplesThatWeighNothingTeachNothing() {
        withSession((small, session) -> {
            var batch = small.labelled();
            var nothing = new LabelledBatch(batch.inputs(), batch.labels(), new float[SmallNetwork.SAMPLES]);
            assertEquals(0, session.backward(nothing, DROPOUT).loss());
            assertEquals(0, norm(session.state().read(Kind.GRADIENTS)));
        });
    }

    @Test
    final void aHeadAloneLearns() {
        var small = SmallNetwork.of(TensorShape.vector(5), new Layer.Relu());
        try (var engine = create();
                var session = small.openToTrain(engine)) {
            var first = backward(small, session).loss();
            for (var i = 0; i < 30; i++) {
                session.update(new Sgd(0.3, 0, 0), new Sgd(0.3, 0, 0));
                backward(small, session);
            }
            var last = backward(small, session).loss();
            assertTrue(last < 0.8 * first, first + " to " + last);
        }
    }

    @Test
    final void stepsNeedAHeadAndGradients() {
        var small = SmallNetwork.ofEverything();
        try (var engine = create();
                var session = small.open(engine)) {
            assertThrows(IllegalStateException.class, () -> backward(small, session));
            session.replaceHead(
                    SmallNetwork.CLASSES, small.headWeight(SmallNetwork.CLASSES), new float[SmallNetwork.CLASSES]);
            assertThrows(IllegalStateException.class, () -> session.update(BODY, HEAD));
            assertFalse(Double.isNaN(backward(small, session).loss()));
        }
    }
}
