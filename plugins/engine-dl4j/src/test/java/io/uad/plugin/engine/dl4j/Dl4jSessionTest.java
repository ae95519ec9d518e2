package io.uad.plugin.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.testkit.contract.ResidentMemory;
import io.uad.testkit.golden.GoldenNetworks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class Dl4jSessionTest {
    private static final int CLASSES = 20;
    private static final int SIDE = 32;
    private static final Sgd RULE = new Sgd(0.01, 0.9, 1e-4);
    private static final Network NETWORK = network(SIDE);

    private static Network network(int side) {
        var main = List.<Layer>of(
                new Layer.Conv2d("main", 16, 16, 3, 1, 1, false), new Layer.BatchNorm2d("norm2", 16), new Layer.Relu());
        var layers = List.<Layer>of(
                new Layer.Conv2d("first", 3, 16, 5, 2, 2, true),
                new Layer.BatchNorm2d("norm", 16),
                new Layer.Relu(),
                new Layer.MaxPool2d(3, 2, 1),
                new Layer.Residual(main, List.of()),
                new Layer.Conv2d("last", 16, 32, 3, 2, 1, true),
                new Layer.AvgPool2d(2, 2, 0),
                new Layer.Flatten(),
                new Layer.Dropout("drop", 0.5),
                new Layer.Linear("fc", 32 * (side / 16) * (side / 16), 64),
                new Layer.Relu());
        return new Network("small", TensorShape.image(side), layers, Map.of("pool", 4, "fc", 11), "top");
    }

    private static NamedTensors state(Network network) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            tensors.put(
                    parameter.name(),
                    parameter.role() == Parameter.Role.COUNTER
                            ? Tensor.of(new long[] {0})
                            : new Tensor(parameter.shape(), start(parameter)));
        }
        for (var parameter : network.headParameters(CLASSES)) {
            tensors.put(parameter.name(), new Tensor(parameter.shape(), start(parameter)));
        }
        return new NamedTensors(tensors);
    }

    private static float[] start(Parameter parameter) {
        if (parameter.role() == Parameter.Role.NORMAL) {
            return normal(parameter.name(), parameter.size(), parameter.initial());
        }
        var values = new float[parameter.size()];
        Arrays.fill(values, (float) parameter.initial());
        return values;
    }

    private static float[] normal(String name, int count, double deviation) {
        var seed = new Seed(5).derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return values;
    }

    private static LabelledBatch batch(int samples, int number) {
        var labels = new int[samples];
        var weights = new float[samples];
        for (var i = 0; i < samples; i++) {
            labels[i] = (i * 7 + number) % CLASSES;
            weights[i] = 0.5f + i % 3;
        }
        var inputs = normal("inputs" + number, samples * NETWORK.input().size(), 1);
        return new LabelledBatch(GoldenNetworks.batch(inputs, NETWORK.input()), labels, weights);
    }

    private static void step(TrainingSession session, int samples, int number) {
        session.backward(batch(samples, number), new DropoutSeed(new Seed(number), 0));
        session.update(RULE, RULE, 1);
    }

    private static Dl4jEngine engine(int threads) {
        return Dl4jEngine.open(new Dl4jOptions("cpu", OptionalInt.of(threads)));
    }

    @Test
    void twoHundredStepsAndEvaluationsDoNotGrowTheProcess() throws Exception {
        try (var engine = engine(2);
                var session = engine.open(NETWORK, state(NETWORK))) {
            ResidentMemory.assertFlat(48, i -> {
                step(session, i % 10 == 9 ? 24 : 64, i % 3); // the last batch of an epoch is smaller
                session.forward(batch(48, 0).inputs(), List.of(TapSelection.all("fc"), TapSelection.all("pool")));
                if (i % 20 == 0) {
                    session.state().write(Kind.MOMENTUM, session.state().read(Kind.MOMENTUM));
                    session.replaceHead(
                            CLASSES, normal("head", CLASSES * NETWORK.featureCount(), 0.1), new float[CLASSES]);
                }
            });
        }
    }

    @Test
    void searchesAndProductsDoNotGrowTheProcess() throws Exception {
        try (var engine = engine(2)) {
            var rows = FeatureMatrix.of(normal("rows", 3000 * 64, 1), 64);
            var algebra = engine.linearAlgebra();
            ResidentMemory.assertFlat(48, i -> {
                try (var a = algebra.upload(rows);
                        var square = algebra.multiply(a, true, a, false)) {
                    algebra.read(square);
                    algebra.nearest(a, square, 2);
                }
            });
        }
    }

    @Test
    void sessionsThatComeAndGoLeaveNothing() throws Exception {
        try (var engine = engine(2)) {
            var state = state(NETWORK);
            // Two hundred sessions of 20 MiB take 4 GiB. What is freed for good leaves the allocator's memory in
            // pieces.
            ResidentMemory.assertFlat(512, i -> {
                try (var session = engine.open(NETWORK, state)) {
                    step(session, 32, 0);
                }
            });
        }
    }

    @Test
    void stepsAreTheSameBytesFromWhateverThreadTheyComeAndWhateverRanBefore() throws Exception {
        try (var engine = engine(2);
                var one = engine.open(NETWORK, state(NETWORK));
                var other = engine.open(NETWORK, state(NETWORK))) {
            for (var i = 0; i < 4; i++) {
                step(one, 40, i);
                var number = i;
                var thread = new Thread(() -> {
                    other.forward(batch(13, 9).inputs(), List.of(TapSelection.all("fc"))); // takes other memory
                    step(other, 40, number);
                });
                thread.start();
                thread.join();
            }
            assertEquals(one.state().read(Kind.WEIGHTS), other.state().read(Kind.WEIGHTS));
            assertEquals(one.state().read(Kind.MOMENTUM), other.state().read(Kind.MOMENTUM));
        }
    }

    @Test
    void anEvaluationInPartsIsThatOfTheWhole() {
        var network = network(256); // 42 of its images at once
        var samples = 45;
        var inputs = normal("inputs", samples * network.input().size(), 1);
        try (var engine = engine(2);
                var session = engine.open(network, state(network))) {
            var whole = session.forward(
                    GoldenNetworks.batch(inputs, network.input()),
                    List.of(TapSelection.all("fc"), TapSelection.all("top")));
            var size = network.input().size();
            for (var sample : new int[] {0, 41, 42, 44}) {
                var own = Arrays.copyOfRange(inputs, sample * size, (sample + 1) * size);
                var alone = session.forward(
                        GoldenNetworks.batch(own, network.input()),
                        List.of(TapSelection.all("fc"), TapSelection.all("top")));
                for (var i = 0; i < 2; i++) {
                    var width = alone.get(i).values().length;
                    assertArrayEquals(
                            alone.get(i).values(),
                            Arrays.copyOfRange(whole.get(i).values(), sample * width, (sample + 1) * width),
                            1e-4f,
                            "sample " + sample);
                }
            }
        }
    }

    @Test
    void afterAFailureTheSessionGoesOn() {
        try (var engine = engine(2);
                var session = engine.open(NETWORK, state(NETWORK))) {
            step(session, 8, 0);
            var wrong = GoldenNetworks.batch(new float[3 * 16 * 16], TensorShape.image(16));
            assertThrows(IllegalArgumentException.class, () -> session.forward(wrong, List.of(TapSelection.all("fc"))));
            var labels = new LabelledBatch(batch(1, 0).inputs(), new int[] {CLASSES}, new float[1]);
            assertThrows(IllegalArgumentException.class, () -> session.backward(labels, DropoutSeed.NONE));
            step(session, 8, 1);
        }
    }
}
