package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.testkit.golden.GoldenNetworks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A small residual network that ends in a global pool and a linear layer, and what its state accepts. */
class SessionStateTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.empty()));
    private static final Sgd PLAIN = new Sgd(0.1, 0, 0);
    private static final int WIDTH = 512;
    private static final Network NETWORK = new Network(
            "residual",
            new TensorShape(3, 8, 8),
            List.of(
                    new Layer.Conv2d("conv1", 3, 8, 3, 1, 1, false),
                    new Layer.BatchNorm2d("bn1", 8),
                    new Layer.Relu(),
                    new Layer.Residual(
                            List.of(
                                    new Layer.Conv2d("block.conv", 8, 16, 3, 2, 1, false),
                                    new Layer.BatchNorm2d("block.bn", 16)),
                            List.of(new Layer.Conv2d("block.down", 8, 16, 1, 2, 0, false))),
                    new Layer.Relu(),
                    new Layer.GlobalAvgPool2d(),
                    new Layer.Linear("fc", 16, WIDTH),
                    new Layer.Relu()),
            Map.of("pool", 6, "fc", 8),
            "top");

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void aLinearLayerTakesTheGlobalPoolAndTheNetworkLearns() {
        try (var session = session()) {
            var read = session.forward(batch().inputs(), List.of(TapSelection.all("pool"), TapSelection.all("fc")));
            assertEquals(TensorShape.vector(16), read.get(0).shape());
            assertEquals(TensorShape.vector(WIDTH), read.get(1).shape());
            var weight = session.state().read(Kind.WEIGHTS).get("fc.weight").floats();
            var sum = 0.0;
            for (var i = 0; i < 16; i++) {
                sum += weight[i] * read.get(0).values()[i];
            }
            assertEquals(Math.max(0, sum), read.get(1).values()[0], 1e-5);
            var first = session.backward(batch(), DropoutSeed.NONE).loss();
            for (var i = 0; i < 30; i++) {
                session.backward(batch(), DropoutSeed.NONE);
                session.update(PLAIN, PLAIN);
            }
            assertTrue(session.backward(batch(), DropoutSeed.NONE).loss() < first / 2);
        }
    }

    @Test
    void writtenGradientsOutliveTheGarbageCollector() {
        try (var session = session()) {
            session.backward(batch(), DropoutSeed.NONE);
            var before = session.state().read(Kind.WEIGHTS);
            var ones = new LinkedHashMap<String, Tensor>();
            session.state()
                    .read(Kind.GRADIENTS)
                    .asMap()
                    .forEach((name, tensor) -> ones.put(name, new Tensor(tensor.shape(), filled(tensor.size(), 1))));
            session.state().write(Kind.GRADIENTS, new NamedTensors(ones));
            churn(ones.values().stream().mapToInt(Tensor::size).toArray());
            assertEquals(new NamedTensors(ones), session.state().read(Kind.GRADIENTS));
            session.update(PLAIN, PLAIN);
            var after = session.state().read(Kind.WEIGHTS);
            ones.keySet().forEach(name -> {
                var moved = before.get(name).floats().clone();
                for (var i = 0; i < moved.length; i++) {
                    moved[i] -= 0.1f;
                }
                assertArrayEquals(moved, after.get(name).floats(), 1e-6f, name);
            });
        }
    }

    @Test
    void gradientsLongerThanTheLargestNormAreScaledDownTogetherAndOthersAreNot() {
        try (var session = session()) {
            session.backward(batch(), DropoutSeed.NONE);
            var norm = norm(session.state().read(Kind.GRADIENTS));
            var before = session.state().read(Kind.WEIGHTS);
            session.update(PLAIN, PLAIN, 2 * norm);
            var gradients = session.state().read(Kind.GRADIENTS);
            assertEquals(norm, norm(gradients), 0);
            session.state().write(Kind.WEIGHTS, before);
            session.update(PLAIN, PLAIN, norm / 4);
            assertEquals(norm / 4, norm(session.state().read(Kind.GRADIENTS)), 1e-5 * norm);
            var bias = before.get("fc.bias").floats();
            var moved = session.state().read(Kind.WEIGHTS).get("fc.bias").floats();
            for (var i = 0; i < WIDTH; i++) {
                assertEquals(bias[i] - 0.1 * gradients.get("fc.bias").floats()[i] / 4, moved[i], 1e-6);
            }
            assertThrows(IllegalArgumentException.class, () -> session.update(PLAIN, PLAIN, 0));
        }
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

    @Test
    void writtenWeightsAndMomentumOutliveTheGarbageCollector() {
        try (var session = session()) {
            var weights = session.state().read(Kind.WEIGHTS);
            var momentum = new NamedTensors(Map.of("fc.weight", weights.get("fc.weight")));
            session.state().write(Kind.WEIGHTS, weights);
            session.state().write(Kind.MOMENTUM, momentum);
            churn(weights.asMap().values().stream().mapToInt(Tensor::size).toArray());
            assertEquals(weights, session.state().read(Kind.WEIGHTS));
            assertEquals(momentum, session.state().read(Kind.MOMENTUM));
        }
    }

    @Test
    void thereAreNoGradientsBeforeABackwardOrAfterANewHead() {
        try (var session = session()) {
            var some = new NamedTensors(Map.of("fc.bias", Tensor.of(new float[WIDTH], WIDTH)));
            var early = assertThrows(IllegalStateException.class, () -> session.update(PLAIN, PLAIN));
            assertTrue(early.toString().contains("backward"), early.toString());
            assertThrows(IllegalStateException.class, () -> session.state().write(Kind.GRADIENTS, some));
            session.backward(batch(), DropoutSeed.NONE);
            session.state().write(Kind.GRADIENTS, some);
            session.replaceHead(4, new float[4 * WIDTH], new float[4]);
            assertThrows(IllegalStateException.class, () -> session.update(PLAIN, PLAIN));
            assertThrows(IllegalStateException.class, () -> session.state().write(Kind.GRADIENTS, some));
            assertTrue(session.state().read(Kind.GRADIENTS).names().isEmpty());
            var managed = ENGINE.manager.getManagedArrays().size();
            session.backward(batch(), DropoutSeed.NONE);
            session.update(PLAIN, PLAIN);
            session.state().read(Kind.GRADIENTS);
            assertEquals(managed, ENGINE.manager.getManagedArrays().size());
        }
    }

    @Test
    void whatIsNotTrainedHasNeitherGradientNorMomentum() {
        try (var session = session()) {
            session.backward(batch(), DropoutSeed.NONE);
            var statistic = new NamedTensors(Map.of("bn1.running_mean", Tensor.of(new float[8], 8)));
            for (var kind : List.of(Kind.GRADIENTS, Kind.MOMENTUM)) {
                var failure =
                        assertThrows(UadException.class, () -> session.state().write(kind, statistic));
                assertEquals(ErrorKind.DATA, failure.kind());
                assertTrue(failure.toString().contains("bn1.running_mean"), failure.toString());
            }
        }
    }

    @Test
    void labelsBeyondTheHeadAreNamed() {
        try (var session = session()) {
            for (var label : new int[] {-1, 4}) {
                var labels = new int[] {0, 1, label, 3};
                var failure = assertThrows(
                        IllegalArgumentException.class,
                        () -> session.backward(
                                new LabelledBatch(batch().inputs(), labels, batch().weights()), DropoutSeed.NONE));
                assertTrue(failure.toString().endsWith("labels[2] must lie in 0..3, was " + label), failure.toString());
            }
        }
    }

    @Test
    void aHeadThatDoesNotFitLeavesTheOldOne() {
        try (var session = session()) {
            session.backward(batch(), DropoutSeed.NONE);
            session.update(PLAIN, new Sgd(0.1, 0.9, 0));
            var weights = session.state().read(Kind.WEIGHTS);
            var momentum = session.state().read(Kind.MOMENTUM);
            assertThrows(
                    IllegalArgumentException.class, () -> session.replaceHead(7, new float[7 * WIDTH], new float[6]));
            assertThrows(IllegalArgumentException.class, () -> session.replaceHead(0, new float[0], new float[0]));
            refused(session, "top.weight", Tensor.of(new float[7 * WIDTH], 7, WIDTH), Tensor.of(new float[6], 6));
            refused(session, "top.weight", Tensor.of(new float[7], 7), Tensor.of(new float[7], 7));
            refused(session, "top.weight", Tensor.of(new float[0], 0, WIDTH), Tensor.of(new float[0], 0));
            refused(session, "top.weight", Tensor.of(new int[4 * WIDTH], 4, WIDTH), Tensor.of(new float[4], 4));
            assertEquals(weights, session.state().read(Kind.WEIGHTS));
            assertEquals(momentum, session.state().read(Kind.MOMENTUM));
        }
    }

    @Test
    void aWrongTypeOrHalfAHeadIsAnErrorOfTheData() {
        var wrong = Map.of(
                "fc.bias", Tensor.of(new int[WIDTH], WIDTH),
                "bn1.num_batches_tracked", Tensor.of(new int[1]),
                "top.weight", Tensor.of(new float[4 * WIDTH], 4, WIDTH));
        wrong.forEach((name, tensor) -> {
            var state = new LinkedHashMap<>(initial().asMap());
            state.put(name, tensor);
            var failure = assertThrows(UadException.class, () -> ENGINE.open(NETWORK, new NamedTensors(state)));
            assertEquals(ErrorKind.DATA, failure.kind(), name);
        });
    }

    @Test
    void aStateThatIsWrongInOnePlaceChangesNothing() {
        try (var session = session()) {
            var before = session.state().read(Kind.WEIGHTS);
            var state = new LinkedHashMap<String, Tensor>();
            state.put("fc.weight", Tensor.of(new float[16 * WIDTH], WIDTH, 16));
            state.put("fc.bias", Tensor.of(new float[3], 3));
            assertThrows(UadException.class, () -> session.state().write(Kind.WEIGHTS, new NamedTensors(state)));
            assertEquals(before, session.state().read(Kind.WEIGHTS));
        }
    }

    private static void refused(TrainingSession session, String name, Tensor weight, Tensor bias) {
        var failure = assertThrows(
                UadException.class,
                () -> session.state()
                        .write(Kind.WEIGHTS, new NamedTensors(Map.of("top.weight", weight, "top.bias", bias))));
        assertEquals(ErrorKind.DATA, failure.kind(), name);
    }

    /** Makes the collector run, and writes over whatever direct memory it has freed. */
    private static void churn(int[] sizes) {
        for (var round = 0; round < 5; round++) {
            System.gc();
            for (var repeat = 0; repeat < 20; repeat++) {
                for (var size : sizes) {
                    var bytes = ByteBuffer.allocateDirect(size * Float.BYTES);
                    while (bytes.remaining() >= 4) {
                        bytes.putInt(0x7FC00000);
                    }
                }
            }
        }
    }

    private static TrainingSession session() {
        var session = ENGINE.open(NETWORK, initial());
        session.replaceHead(4, normal(4 * WIDTH, "head", 0.1), new float[4]);
        return session;
    }

    private static LabelledBatch batch() {
        var inputs = GoldenNetworks.batch(normal(4 * 3 * 8 * 8, "images", 1), NETWORK.input());
        return new LabelledBatch(inputs, new int[] {0, 1, 2, 3}, new float[] {1, 1, 1, 1});
    }

    private static NamedTensors initial() {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : NETWORK.parameters()) {
            tensors.put(
                    parameter.name(),
                    switch (parameter.role()) {
                        case COUNTER -> Tensor.of(new long[] {0});
                        case NORMAL -> new Tensor(parameter.shape(), normal(parameter.size(), parameter.name(), 0.1));
                        default -> constant(parameter);
                    });
        }
        return new NamedTensors(tensors);
    }

    private static Tensor constant(Parameter parameter) {
        return new Tensor(parameter.shape(), filled(parameter.size(), (float) parameter.initial()));
    }

    private static float[] filled(int count, float value) {
        var values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] normal(int count, String name, double deviation) {
        var seed = new Seed(5).derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return values;
    }
}
