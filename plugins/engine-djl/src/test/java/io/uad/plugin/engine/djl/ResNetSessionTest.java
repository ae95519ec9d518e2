package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.NamedTensors;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer.Padding;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter.Role;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.plugin.backbone.resnet.ResNetOptions;
import io.uad.plugin.backbone.resnet.ResNetProvider;
import io.uad.testkit.contract.PlainNetwork;
import io.uad.testkit.contract.ResidentMemory;
import io.uad.testkit.golden.GoldenNetworks;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Narrow residual networks against the same network in loops and doubles. */
class ResNetSessionTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(1)));
    private static final int SIDE = 33; // the smallest
    private static final int SAMPLES = 4;
    private static final int CLASSES = 3;
    /** So small that hardly any ReLU or max pool changes its mind; the loss's rounding over it is about 1e-8. */
    private static final double STEP = 1e-7;

    private static final int[] LABELS = {0, 1, 2, 1};

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 50})
    void lossGradientsStatisticsAndTapsAreThoseOfPlainLoops(int depth) {
        var network = network(depth);
        try (var session = session(network)) {
            var plain = new PlainNetwork(network, session.state().read(Kind.WEIGHTS));
            var gradients = new PlainNetwork(network, session.state().read(Kind.WEIGHTS)); // its statistics go astray
            var outcome = session.backward(batch(network, SAMPLES), DropoutSeed.NONE);
            assertEquals(plain.loss(maps(network), LABELS), outcome.loss(), 1e-5);
            session.state().read(Kind.GRADIENTS).asMap().forEach((name, gradient) -> {
                var values = gradient.floats();
                var entry = largest(values);
                // 0.5 %: a ReLU whose input is 0 to within rounding may fall either way in float32; a gradient that
                // lacks a branch or a layer's statistics is off by far more
                assertEquals(
                        difference(gradients, network, name, entry),
                        values[entry],
                        5e-3 * Math.abs(values[entry]) + 1e-6,
                        name + "[" + entry + "]");
            });
            session.state().read(Kind.WEIGHTS).asMap().forEach((name, tensor) -> {
                if (name.contains("running")) {
                    assertClose(name, plain.parameter(name), tensor.floats());
                } else if (name.endsWith("num_batches_tracked")) {
                    assertEquals(1, tensor.longs()[0], name);
                }
            });
            for (var tap : network.taps().keySet()) {
                var read = session.forward(batch(network, SAMPLES).inputs(), List.of(TapSelection.all(tap)));
                assertClose(
                        tap,
                        plain.evaluate(maps(network), tap).values(),
                        read.get(0).values());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 50})
    void theLossFalls(int depth) {
        var network = network(depth);
        try (var session = session(network)) {
            var losses = new double[20];
            for (var i = 0; i < losses.length; i++) {
                losses[i] = step(session, network, SAMPLES);
            }
            assertTrue(losses[19] < losses[0] / 2, Arrays.toString(losses));
        }
    }

    @Test
    void stateSurvivesARoundTripAndTrainingGoesOnFromIt() {
        var network = network(18);
        try (var first = session(network);
                var second = session(network)) {
            step(first, network, SAMPLES);
            for (var kind : List.of(Kind.WEIGHTS, Kind.MOMENTUM)) {
                second.state().write(kind, first.state().read(kind));
            }
            step(first, network, SAMPLES);
            step(second, network, SAMPLES);
            for (var kind : List.of(Kind.WEIGHTS, Kind.MOMENTUM)) {
                assertEquals(first.state().read(kind), second.state().read(kind));
            }
            assertTrue(first.state().read(Kind.MOMENTUM).has("layer2.0.downsample.0.weight"));
        }
    }

    /** An epoch's last batch may hold one image; at the smallest side its statistics are still numbers. */
    @Test
    void aBatchOfOneImageOfTheSmallestSideLeavesFiniteStatistics() {
        var network = network(18);
        try (var session = session(network)) {
            step(session, network, 1);
            session.state().read(Kind.WEIGHTS).asMap().forEach((name, tensor) -> {
                if (tensor.values() instanceof float[] values) {
                    for (var value : values) {
                        assertTrue(Float.isFinite(value), name);
                    }
                }
            });
        }
    }

    /** As with AlexNet, flat to 48 MiB, and no array is left to the session. */
    @Test
    void twoHundredStepsDoNotGrow() throws IOException {
        var network = network(18);
        try (var session = session(network)) {
            step(session, network, SAMPLES);
            var arrays = ENGINE.manager.getManagedArrays().size();
            ResidentMemory.assertFlat(48, i -> {
                step(session, network, SAMPLES);
                session.forward(batch(network, SAMPLES).inputs(), List.of(TapSelection.all("features")));
            });
            assertEquals(arrays, ENGINE.manager.getManagedArrays().size());
        }
    }

    private static double step(TrainingSession session, Network network, int samples) {
        var loss = session.backward(batch(network, samples), DropoutSeed.NONE).loss();
        session.update(new Sgd(0.05, 0.9, 1e-5), new Sgd(0.05, 0, 1e-5));
        return loss;
    }

    /** The slope of the loss between two values of one weight. */
    private static double difference(PlainNetwork plain, Network network, String name, int entry) {
        var values = plain.parameter(name);
        var before = values[entry];
        values[entry] = before + STEP;
        var above = plain.loss(maps(network), LABELS);
        values[entry] = before - STEP;
        var below = plain.loss(maps(network), LABELS);
        values[entry] = before;
        return (above - below) / (2 * STEP);
    }

    private static void assertClose(String name, double[] expected, float[] found) {
        var scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertArrayEquals(expected, doubles(found), 1e-5 * scale, name);
    }

    /** Where the value farthest from 0 is. */
    private static int largest(float[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .max(Comparator.comparing(i -> Math.abs(values[i])))
                .orElseThrow();
    }

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static Network network(int depth) {
        return new ResNetProvider()
                .create(Options.of(new ResNetOptions(depth, false, Padding.ZEROS, 0.05)))
                .network(TensorShape.image(SIDE));
    }

    /** The last normalisation of each block starts small, as after training: the gradients do not explode then. */
    private static TrainingSession session(Network network) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            if (parameter.role() == Role.COUNTER) {
                tensors.put(parameter.name(), Tensor.of(new long[] {0}));
            } else {
                var values = normal(parameter.size(), parameter.name(), parameter.role() == Role.NORMAL ? 1 : 0.1);
                var scale = parameter.name().matches(".*bn[23]\\.weight") ? 0.2 : 1;
                for (var i = 0; i < values.length; i++) {
                    values[i] = (float)
                            (parameter.role() == Role.NORMAL
                                    ? parameter.initial() * values[i]
                                    : scale * (parameter.initial() + values[i]));
                }
                tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
            }
        }
        var session = ENGINE.open(network, new NamedTensors(tensors));
        var columns = network.featureCount();
        session.replaceHead(CLASSES, normal(CLASSES * columns, "head", 0.1), new float[CLASSES]);
        return session;
    }

    private static LabelledBatch batch(Network network, int samples) {
        var ones = new float[samples];
        Arrays.fill(ones, 1);
        var inputs = GoldenNetworks.batch(images(network, samples), network.input());
        return new LabelledBatch(inputs, Arrays.copyOf(LABELS, samples), ones);
    }

    private static PlainNetwork.Maps maps(Network network) {
        var shape = network.input();
        return new PlainNetwork.Maps(
                SAMPLES, shape.channels(), shape.height(), shape.width(), doubles(images(network, SAMPLES)));
    }

    private static float[] images(Network network, int samples) {
        return normal(samples * network.input().size(), "images", 1);
    }

    private static float[] normal(int count, String name, double deviation) {
        var seed = new Seed(3).derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return values;
    }
}
