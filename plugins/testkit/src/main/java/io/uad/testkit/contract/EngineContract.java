package io.uad.testkit.contract;

import static io.uad.testkit.contract.Rows.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Capability;
import io.uad.api.engine.DeviceInfo;
import io.uad.api.engine.Engine;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * What an engine promises: see {@link Engine}, {@link TrainingSession} and {@link io.uad.api.engine.LinearAlgebra}. Every
 * layer in evaluation, a weighted training step, states and linear algebra are compared with plain loops in doubles; where
 * float32 rounds, the tolerance says so.
 */
public abstract class EngineContract extends EngineTrainingContract {
    /** For subclasses. */
    protected EngineContract() {}

    private static void step(SmallNetwork small, TrainingSession session) {
        backward(small, session);
        session.update(BODY, HEAD);
    }

    @Test
    final void itSaysWhatItIs() {
        try (var engine = create()) {
            var capabilities = engine.capabilities();
            assertFalse(capabilities.library().isBlank(), "no library");
            assertFalse(capabilities.device().isBlank(), "no device");
            assertTrue(capabilities.threads() >= 1, "threads is " + capabilities.threads());
            var devices = capabilities.devices().stream().map(DeviceInfo::name).toList();
            assertTrue(
                    devices.isEmpty() || devices.contains(capabilities.device()),
                    capabilities.device() + " is not among the devices " + devices);
        }
    }

    @Test
    final void equalStepsGiveEqualBytes() {
        assumeIt(Capability.REPEATABLE);
        withSession((small, one) -> withSession((same, other) -> {
            for (var i = 0; i < 3; i++) {
                step(small, one);
                step(same, other);
            }
            assertEquals(one.state().read(Kind.WEIGHTS), other.state().read(Kind.WEIGHTS));
            assertEquals(one.state().read(Kind.MOMENTUM), other.state().read(Kind.MOMENTUM));
        }));
    }

    @Test
    final void theStateNamesEveryParameterAndTheHeadLast() {
        withSession((small, session) -> {
            var state = session.state().read(Kind.WEIGHTS);
            var names = List.copyOf(state.names());
            for (var parameter : small.network().parameters()) {
                assertEquals(parameter.shape(), state.get(parameter.name()).shape(), parameter.name());
            }
            var head = small.network().headParameters(SmallNetwork.CLASSES);
            assertEquals(small.network().parameters().size() + head.size(), names.size(), names.toString());
            assertEquals(
                    head.stream().map(parameter -> parameter.name()).toList(),
                    names.subList(names.size() - head.size(), names.size()));
        });
    }

    @Test
    final void aStateReadIsACopy() {
        withSession((small, session) -> {
            var read = session.state().read(Kind.WEIGHTS);
            Arrays.fill(read.get(SmallNetwork.CONV + ".bias").floats(), 77);
            var bias = session.state().read(Kind.WEIGHTS).get(SmallNetwork.CONV + ".bias");
            assertEquals(small.state().get(SmallNetwork.CONV + ".bias"), bias);
        });
    }

    @Test
    final void trainingGoesOnFromAStateThatWasReadAndWritten() {
        assumeIt(Capability.REPEATABLE);
        withSession((small, first) -> withSession((same, second) -> {
            step(small, first);
            for (var kind : List.of(Kind.WEIGHTS, Kind.MOMENTUM)) {
                second.state().write(kind, first.state().read(kind));
                assertEquals(first.state().read(kind), second.state().read(kind), kind + " after writing");
            }
            step(small, first);
            step(same, second);
            for (var kind : List.of(Kind.WEIGHTS, Kind.MOMENTUM)) {
                assertEquals(first.state().read(kind), second.state().read(kind), kind + " after a step");
            }
        }));
    }

    @Test
    final void someWeightsAreReplacedAndTheRestStays() {
        withSession((small, session) -> {
            var before = session.state().read(Kind.WEIGHTS);
            var bias = Tensor.of(new float[] {1, 2, 3, 4}, 4);
            session.state().write(Kind.WEIGHTS, new NamedTensors(Map.of(SmallNetwork.CONV + ".bias", bias)));
            session.state().read(Kind.WEIGHTS).asMap().forEach((name, tensor) -> {
                assertEquals(name.equals(SmallNetwork.CONV + ".bias") ? bias : before.get(name), tensor, name);
            });
        });
    }

    @Test
    final void theGivenMomentumIsAllThereIs() {
        withSession((small, session) -> {
            step(small, session);
            session.state().write(Kind.MOMENTUM, NamedTensors.empty());
            assertTrue(session.state().read(Kind.MOMENTUM).names().isEmpty());
        });
    }

    @Test
    final void unknownNamesAndOtherShapesAreADataError() {
        withSession((small, session) -> {
            step(small, session);
            for (var kind : Kind.values()) {
                var unknown = new NamedTensors(Map.of("nowhere.weight", Tensor.of(new float[1], 1)));
                assertRefused(ErrorKind.DATA, () -> session.state().write(kind, unknown));
                var narrow = new NamedTensors(Map.of(SmallNetwork.CONV + ".bias", Tensor.of(new float[3], 3)));
                assertRefused(ErrorKind.DATA, () -> session.state().write(kind, narrow));
            }
        });
    }

    @Test
    final void aNewHeadForgetsTheOldOneAndTheBodyKeepsEverything() {
        withSession((small, session) -> {
            backward(small, session);
            session.update(BODY, BODY);
            var weights = session.state().read(Kind.WEIGHTS);
            var momentum = session.state().read(Kind.MOMENTUM);
            assertTrue(momentum.has("top_layer.weight"), "the head has momentum, too");
            var weight = small.headWeight(5);
            var given = weight.clone();
            session.replaceHead(5, given, new float[] {1, 2, 3, 4, 5});
            Arrays.fill(given, Float.NaN); // copied
            var after = session.state().read(Kind.WEIGHTS);
            assertArrayEquals(weight, after.get("top_layer.weight").floats());
            assertEquals(
                    List.of(5, small.network().featureCount()),
                    after.get("top_layer.weight").shape());
            for (var parameter : small.network().parameters()) {
                assertEquals(weights.get(parameter.name()), after.get(parameter.name()), parameter.name());
            }
            var kept = session.state().read(Kind.MOMENTUM);
            for (var name : momentum.names()) {
                assertEquals(!name.startsWith("top_layer."), kept.has(name), "momentum of " + name);
                assertTrue(!kept.has(name) || kept.get(name).equals(momentum.get(name)), "momentum of " + name);
            }
            assertEquals(5, top(small, session).length / SmallNetwork.SAMPLES);
            step(small, session);
        });
    }

    @Test
    final void weightsOfAnotherHeadWidthInstallThatHead() {
        withSession((small, session) -> {
            var head = Map.of(
                    "top_layer.weight",
                    Tensor.of(small.headWeight(2), 2, small.network().featureCount()),
                    "top_layer.bias",
                    Tensor.of(new float[] {1, 2}, 2));
            session.state().write(Kind.WEIGHTS, new NamedTensors(head));
            assertEquals(2, top(small, session).length / SmallNetwork.SAMPLES);
        });
    }

    private static float[] top(SmallNetwork small, TrainingSession session) {
        return session.forward(small.batch(), List.of(TapSelection.all(Network.TOP)))
                .get(0)
                .values();
    }

    @Test
    final void anotherThreadMayGoOn() throws Exception {
        var small = SmallNetwork.ofEverything();
        try (var engine = create();
                var session = small.openToTrain(engine)) {
            step(small, session);
            var here = top(small, session);
            assertArrayEquals(here, elsewhere(() -> top(small, session)));
            elsewhere(() -> backward(small, session).loss());
            session.update(BODY, HEAD);
        }
    }

    private static <T> T elsewhere(Callable<T> work) throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work).get();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    final void anEngineCanBeOpenedAgainWithOthersOpenOrClosed() {
        var small = SmallNetwork.ofEverything();
        try (var first = create()) {
            create().close();
            try (var session = small.openToTrain(first)) {
                step(small, session);
            }
        }
        withSession(EngineContract::step);
    }

    @Test
    final void aHundredStepsLeaveNothingOnTheHeap() throws Exception {
        var small = SmallNetwork.ofEverything();
        try (var engine = create();
                var session = small.openToTrain(engine)) {
            Heap.assertFlat(() -> {
                for (var i = 0; i < 5; i++) {
                    step(small, session);
                    top(small, session);
                }
            });
        }
    }
}
