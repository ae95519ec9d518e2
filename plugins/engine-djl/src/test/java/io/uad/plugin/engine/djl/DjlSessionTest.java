package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.uad.api.Batch;
import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.VectorBatch;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.backbone.alexnet.AlexNetOptions;
import io.uad.plugin.backbone.alexnet.AlexNetProvider;
import io.uad.testkit.contract.ResidentMemory;
import io.uad.testkit.golden.GoldenNetworks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DjlSessionTest {
    private static final DjlOptions CPU = new DjlOptions("cpu", OptionalInt.empty());
    private static final Network ALEXNET = alexnet(1);
    private static final Sgd BODY = new Sgd(0.05, 0.9, 1e-5);
    private static final Sgd HEAD = new Sgd(0.05, 0, 1e-5);

    @Test
    void equalRunsGiveEqualBytesDropoutIncluded() {
        assertEquals(trained(3), trained(3));
    }

    @Test
    void stateSurvivesARoundTripAndTrainingGoesOnFromIt() {
        try (var engine = DjlEngine.open(CPU);
                var first = session(engine);
                var second = engine.open(ALEXNET, initial())) {
            step(first, 0);
            second.state().write(Kind.WEIGHTS, first.state().read(Kind.WEIGHTS));
            second.state().write(Kind.MOMENTUM, first.state().read(Kind.MOMENTUM));
            assertEquals(first.state().read(Kind.WEIGHTS), second.state().read(Kind.WEIGHTS));
            step(first, 1);
            step(second, 1);
            assertEquals(first.state().read(Kind.WEIGHTS), second.state().read(Kind.WEIGHTS));
            assertEquals(first.state().read(Kind.MOMENTUM), second.state().read(Kind.MOMENTUM));
        }
    }

    @Test
    void aNewHeadForgetsTheOldOneAndTheBodyKeepsItsMomentum() {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            step(session, 0);
            var before = session.state().read(Kind.MOMENTUM);
            assertTrue(before.has("features.0.weight"));
            assertFalse(before.has("top_layer.weight"), "the head has no momentum");
            session.replaceHead(7, new float[7 * 64], new float[7]);
            assertEquals(before, session.state().read(Kind.MOMENTUM));
            assertEquals(
                    List.of(7, 64),
                    session.state().read(Kind.WEIGHTS).get("top_layer.weight").shape());
            assertEquals(
                    7,
                    session.forward(images(2, 0), List.of(TapSelection.all("top")))
                            .get(0)
                            .shape()
                            .channels());
        }
    }

    @Test
    void gradientsAreThoseOfTheLastStepAndCanBeReplaced() {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            assertTrue(session.state().read(Kind.GRADIENTS).names().isEmpty());
            step(session, 0);
            session.backward(batch(1), DropoutSeed.NONE);
            var once = session.state().read(Kind.GRADIENTS);
            var running = session.state().read(Kind.WEIGHTS);
            session.backward(batch(1), DropoutSeed.NONE);
            assertEquals(once, session.state().read(Kind.GRADIENTS), "not added up");
            assertFalse(once.has("sobel.0.weight"), "fixed");
            assertFalse(once.has("features.1.running_mean"), "a statistic");
            var zeros = new LinkedHashMap<String, Tensor>();
            once.asMap()
                    .forEach((name, tensor) -> zeros.put(name, new Tensor(tensor.shape(), new float[tensor.size()])));
            session.state().write(Kind.GRADIENTS, new NamedTensors(zeros));
            session.state().write(Kind.MOMENTUM, NamedTensors.empty());
            session.update(new Sgd(0.1, 0, 0), new Sgd(0.1, 0, 0));
            assertArrayEquals(
                    running.get("features.0.weight").floats(),
                    session.state().read(Kind.WEIGHTS).get("features.0.weight").floats());
        }
    }

    @Test
    void selectedChannelsAreThoseOfTheWholeTap() {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            var read = session.forward(
                    images(3, 0),
                    List.of(
                            TapSelection.all("pool1"),
                            new TapSelection("pool1", List.of(5, 2)),
                            TapSelection.all("fc7")));
            var whole = read.get(0);
            var chosen = read.get(1);
            var plane = whole.shape().height() * whole.shape().width();
            assertEquals(2, chosen.shape().channels());
            for (var sample = 0; sample < 3; sample++) {
                for (var c = 0; c < 2; c++) {
                    for (var i = 0; i < plane; i++) {
                        assertEquals(
                                whole.values()[(sample * whole.shape().channels() + (c == 0 ? 5 : 2)) * plane + i],
                                chosen.values()[(sample * 2 + c) * plane + i]);
                    }
                }
            }
        }
    }

    @Test
    void residualGlobalPoolAndBiaslessConvolutionComputeWhatTheySay() {
        var conv = new Layer.Conv2d("c", 1, 1, 1, 1, 0, false);
        var network = new Network(
                "small",
                new TensorShape(1, 2, 2),
                List.of(new Layer.Residual(List.of(conv), List.of()), new Layer.GlobalAvgPool2d(), new Layer.Flatten()),
                Map.of("sum", 1, "mean", 3),
                "top_layer");
        var state = new NamedTensors(Map.of("c.weight", Tensor.of(new float[] {3}, 1, 1, 1, 1)));
        try (var engine = DjlEngine.open(CPU);
                var session = engine.open(network, state)) {
            var read = session.forward(
                    GoldenNetworks.batch(new float[] {1, 2, 3, 4}, network.input()),
                    List.of(TapSelection.all("sum"), TapSelection.all("mean")));
            assertArrayEquals(new float[] {4, 8, 12, 16}, read.get(0).values());
            assertArrayEquals(new float[] {10}, read.get(1).values());
        }
    }

    @Test
    void aHeadAloneLearnsFromVectors() {
        var network = new Network("linear", TensorShape.vector(2), List.of(), Map.of(), "linear");
        try (var engine = DjlEngine.open(CPU);
                var session = engine.open(network, NamedTensors.empty())) {
            session.replaceHead(2, new float[4], new float[2]);
            var rows = new float[] {1, 0, 0, 1, 2, 1, 1, 2};
            var batch =
                    new LabelledBatch(new VectorBatch(rows, 4, 2), new int[] {0, 1, 0, 1}, new float[] {1, 1, 1, 1});
            assertEquals(Math.log(2), session.backward(batch, DropoutSeed.NONE).loss(), 1e-6);
            for (var i = 0; i < 50; i++) {
                session.backward(batch, DropoutSeed.NONE);
                session.update(new Sgd(0.5, 0.9, 0), new Sgd(0.5, 0.9, 0));
            }
            assertEquals(4, session.backward(batch, DropoutSeed.NONE).correct());
        }
    }

    @Test
    void unfitStatesAndUnknownDevicesAreClearErrors() {
        try (var engine = DjlEngine.open(CPU)) {
            var missing = assertThrows(UadException.class, () -> engine.open(ALEXNET, NamedTensors.empty()));
            assertEquals(ErrorKind.DATA, missing.kind());
            assertTrue(missing.toString().contains("sobel.0.weight"), missing.toString());
            var other = new LinkedHashMap<>(initial().asMap());
            other.put("features.0.bias", Tensor.of(new float[3], 3));
            var shape = assertThrows(UadException.class, () -> engine.open(ALEXNET, new NamedTensors(other)));
            assertTrue(shape.toString().contains("features.0.bias"), shape.toString());
        }
        var device =
                assertThrows(UadException.class, () -> DjlEngine.open(new DjlOptions("gpu:99", OptionalInt.empty())));
        assertEquals(ErrorKind.RESOURCE, device.kind());
        assertEquals(
                ErrorKind.CONFIG,
                assertThrows(UadException.class, () -> DjlEngine.open(new DjlOptions("tpu", OptionalInt.empty())))
                        .kind());
    }

    @Test
    void unknownTensorsOtherShapesAndAMissingHeadAreClearErrors() {
        try (var engine = DjlEngine.open(CPU);
                var session = engine.open(ALEXNET, initial())) {
            for (var kind : List.of(Kind.WEIGHTS, Kind.MOMENTUM)) {
                var unknown = new NamedTensors(Map.of("features.99.weight", Tensor.of(new float[1], 1)));
                var error =
                        assertThrows(UadException.class, () -> session.state().write(kind, unknown));
                assertEquals(ErrorKind.DATA, error.kind());
                assertTrue(error.toString().contains("features.99.weight is unknown"), error.toString());
            }
            var narrow = new NamedTensors(Map.of("features.0.bias", Tensor.of(new float[3], 3)));
            var shape = assertThrows(UadException.class, () -> session.state().write(Kind.MOMENTUM, narrow));
            assertTrue(shape.toString().contains("features.0.bias is float[3]"), shape.toString());
            var top = List.of(TapSelection.all("top"));
            assertThrows(IllegalStateException.class, () -> session.forward(images(2, 0), top));
            assertThrows(IllegalStateException.class, () -> session.backward(batch(0), DropoutSeed.NONE));
            var unknownTap = List.of(TapSelection.all("conv9"));
            assertThrows(IllegalArgumentException.class, () -> session.forward(images(2, 0), unknownTap));
        }
    }

    @Test
    void samplesThatWeighNothingTeachNothing() {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            var labels = new int[8];
            var outcome = session.backward(new LabelledBatch(images(8, 0), labels, new float[8]), DropoutSeed.NONE);
            assertEquals(0, outcome.loss());
            for (var gradient : session.state().read(Kind.GRADIENTS).asMap().values()) {
                assertArrayEquals(new float[gradient.size()], gradient.floats());
            }
        }
    }

    @Test
    void weightsOfAnotherHeadWidthInstallThatHead() {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            var head = new LinkedHashMap<String, Tensor>();
            head.put("top_layer.weight", Tensor.of(normal(3 * 64, 1, "other"), 3, 64));
            head.put("top_layer.bias", Tensor.of(new float[] {1, 2, 3}, 3));
            session.state().write(Kind.WEIGHTS, new NamedTensors(head));
            assertEquals(
                    head.get("top_layer.bias"),
                    session.state().read(Kind.WEIGHTS).get("top_layer.bias"));
            var top = session.forward(images(2, 0), List.of(TapSelection.all("top")));
            assertEquals(3, top.get(0).shape().channels());
        }
    }

    @Test
    void theEngineSaysWhatItIsAndWhyThatDevice() {
        try (var engine = DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(1)))) {
            assertEquals("cpu", engine.capabilities().device());
            assertEquals(1, engine.capabilities().threads());
            assertEquals("", engine.capabilities().deviceReason());
            assertTrue(engine.capabilities().library().startsWith("PyTorch "));
        }
        try (var engine = DjlEngine.open(new DjlOptions("auto", OptionalInt.empty()))) {
            var isCpuBuild = System.getenv("PYTORCH_LIBRARY_PATH") == null; // what the build brings
            assertEquals(isCpuBuild, Library.isCpuBuild());
            assertEquals(isCpuBuild, engine.capabilities().deviceReason().equals("this PyTorch is the CPU build"));
            assertEquals(
                    Runtime.getRuntime().availableProcessors(),
                    engine.capabilities().threads());
        }
    }

    @Test
    void namesOfDevicesAreChecked() {
        for (var name : List.of("", "GPU", "gpu:", "gpu:x", "gpu:-1", "cpu:0", "gpu:12345")) {
            var error = assertThrows(
                    UadException.class, () -> DjlEngine.open(new DjlOptions(name, OptionalInt.empty())), name);
            assertEquals(ErrorKind.CONFIG, error.kind(), name);
        }
    }

    /**
     * Memory is flat to 48 MiB, and no array is left to the session. A clean run moves by about 15 MiB either way; with one
     * linear layer's output kept per step, and so the graph behind it, 200 steps took 113 MiB.
     */
    @Test
    void twoHundredStepsDoNotGrow() throws IOException {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            step(session, 0);
            var arrays = engine.manager.getManagedArrays().size();
            ResidentMemory.assertFlat(48, i -> {
                step(session, i);
                session.forward(images(8, i), List.of(TapSelection.all("pool1"), TapSelection.all("fc7")));
            });
            assertEquals(arrays, engine.manager.getManagedArrays().size());
        }
    }

    /** Its layers have 19, 58, 115 and 77 channels, and the library works in blocks of 8 or 16: the last is not full. */
    @Test
    void aStepDoesNotReadWhatFreedMemoryHeld() {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine, alexnet(0.3))) {
            var random = new Random(1);
            for (var i = 0; i < 5; i++) {
                leaveNaN(engine, random);
                var loss = session.backward(batch(i), new DropoutSeed(new Seed(7), 0))
                        .loss();
                assertTrue(Double.isFinite(loss), "step " + i + ": " + loss);
                session.state().read(Kind.GRADIENTS).asMap().forEach((name, gradient) -> {
                    for (var value : gradient.floats()) {
                        assertTrue(Float.isFinite(value), name);
                    }
                });
            }
        }
    }

    /** Frees arrays of many sizes that were full of NaN, in no order, so that the allocator hands out their memory next. */
    private static void leaveNaN(DjlEngine engine, Random random) {
        try (var manager = engine.manager.newSubManager()) {
            var arrays = new ArrayList<NDArray>();
            for (var i = 0; i < 300; i++) {
                arrays.add(manager.full(new Shape((long) Math.pow(2, random.nextDouble() * 21)), Float.NaN));
            }
            Collections.shuffle(arrays, random);
            arrays.forEach(NDArray::close);
        }
    }

    private static Network alexnet(double width) {
        return new AlexNetProvider()
                .create(Options.of(new AlexNetOptions(true, Layer.Padding.REPLICATE, 0.5, 64, width)))
                .network(TensorShape.image(64));
    }

    private static NamedTensors trained(int steps) {
        try (var engine = DjlEngine.open(CPU);
                var session = session(engine)) {
            for (var i = 0; i < steps; i++) {
                step(session, i);
            }
            return session.state().read(Kind.WEIGHTS);
        }
    }

    private static TrainingSession session(DjlEngine engine) {
        return session(engine, ALEXNET);
    }

    private static TrainingSession session(DjlEngine engine, Network network) {
        var session = engine.open(network, initial(network));
        session.replaceHead(5, normal(5 * 64, 0.01, "head"), new float[5]);
        return session;
    }

    private static void step(TrainingSession session, int number) {
        session.backward(batch(number), new DropoutSeed(new Seed(7), number * 8L));
        session.update(BODY, HEAD);
    }

    private static LabelledBatch batch(int number) {
        return new LabelledBatch(
                images(8, number), new int[] {0, 1, 2, 3, 4, 0, 1, 2}, new float[] {1, 1, 0.5f, 1, 1.5f, 1, 1, 1});
    }

    private static Batch images(int count, int number) {
        var shape = new TensorShape(3, 64, 64);
        return GoldenNetworks.batch(normal(count * shape.size(), 1, "images" + number), shape);
    }

    private static NamedTensors initial() {
        return initial(ALEXNET);
    }

    private static NamedTensors initial(Network network) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            tensors.put(
                    parameter.name(),
                    parameter.role() == Parameter.Role.COUNTER
                            ? Tensor.of(new long[] {0})
                            : new Tensor(
                                    parameter.shape(),
                                    parameter.role() == Parameter.Role.CONSTANT
                                                    || parameter.role() == Parameter.Role.STATISTIC
                                            ? filled(parameter)
                                            : normal(parameter.size(), 0.1, parameter.name())));
        }
        return new NamedTensors(tensors);
    }

    private static float[] filled(Parameter parameter) {
        var values = new float[parameter.size()];
        java.util.Arrays.fill(values, (float) parameter.initial());
        return values;
    }

    private static float[] normal(int count, double deviation, String name) {
        var seed = new Seed(1).derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return values;
    }
}
