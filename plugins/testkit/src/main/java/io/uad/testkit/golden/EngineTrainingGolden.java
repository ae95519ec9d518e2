package io.uad.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.NamedTensors;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training steps of the original backbones, as PyTorch computes them.
 *
 * <p>Where the inputs of a ReLU or a max pool tie to within rounding, a float32 program may fall either way, and its weights
 * then part from the reference's by more than rounding. Whether that happens depends on the order of the sums, so on the
 * processor too. Each case is therefore computed with several orders (thread counts, samples turned about, which changes no
 * sum but its rounding), and one of them must agree with the reference in every value of every step. A wrong
 * constant or formula agrees in none.
 */
public abstract class EngineTrainingGolden extends EngineGolden {
    /** For subclasses. */
    protected EngineTrainingGolden() {}

    private record Step(double loss, long tracked, NamedTensors gradients, NamedTensors weights) {}

    /** Begins with another sample, and goes on to the next or the one before. */
    private record Order(int threads, int first, boolean backwards) {
        int sample(int position, int samples) {
            return Math.floorMod(first + (backwards ? -position : position), samples);
        }

        float[] reorder(float[] rows, int samples) {
            var columns = rows.length / samples;
            var ordered = new float[rows.length];
            for (var i = 0; i < samples; i++) {
                System.arraycopy(rows, sample(i, samples) * columns, ordered, i * columns, columns);
            }
            return ordered;
        }

        int[] reorder(int[] labels) {
            return IntStream.range(0, labels.length)
                    .map(i -> labels[sample(i, labels.length)])
                    .toArray();
        }
    }

    private static final List<Order> ORDERS = List.of(
            new Order(2, 0, false),
            new Order(1, 0, false),
            new Order(2, -1, true),
            new Order(1, -1, true),
            new Order(2, 3, false),
            new Order(2, 5, true),
            new Order(1, 2, false),
            new Order(2, 1, false),
            new Order(1, 6, true),
            new Order(3, -1, true));

    static Stream<Named<JsonNode>> cases() {
        return Golden.list(Golden.file("training.json").get("cases")).stream()
                .map(golden -> Named.of(golden.get("name").asText(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    final void lossesGradientsAndStatesEqualPyTorchsStepForStep(JsonNode golden) {
        var failures = new ArrayList<AssertionError>();
        var network = network(golden, golden.get("dropout").asDouble());
        var state = GoldenNetworks.state(network, golden);
        for (var order : ORDERS) {
            try {
                train(golden, network, state, order);
                return;
            } catch (AssertionError e) {
                failures.add(e);
            }
        }
        var failure = new AssertionError("no order of the sums agrees with the reference, see the suppressed errors");
        failures.forEach(failure::addSuppressed);
        throw failure;
    }

    private static void assertEqual(JsonNode golden, int number, Step step) {
        if (number == 0) {
            assertTensors("gradient ", golden.get("gradients_step1"), step.gradients);
        }
        var expected = golden.get("steps").get(number);
        assertEquals(
                expected.get("loss").asDouble(),
                step.loss,
                expected.get("loss_tolerance_abs").asDouble(),
                "loss of step " + number);
        assertTensors("step " + number + " ", expected.get("state"), step.weights);
        assertEquals(expected.get("num_batches_tracked").asLong(), step.tracked);
    }

    /** Compares after each step, so that an order which does not agree ends early. */
    private void train(JsonNode golden, Network network, NamedTensors state, Order order) {
        var name = golden.get("name").asText();
        var size = golden.get("size").asInt();
        var samples = golden.get("batch").asInt();
        var shape = new TensorShape(3, size, size);
        var generator = Golden.generator();
        var number = 0;
        try (var engine = engine(OptionalInt.of(order.threads));
                var session = engine.open(network, state)) {
            for (var step : golden.get("steps")) {
                var inputs = generator.floats(name + "/input/" + number, samples * shape.size(), 2, 0);
                var labels = generator.ints(
                        name + "/label/" + number,
                        samples,
                        golden.get("classes").asInt());
                var weights = generator.floats(name + "/weight/" + number, samples, 0.5, 1);
                assertArrayEquals(Golden.ints(step.get("labels")), labels);
                Golden.assertFirstValues(step.get("weights"), weights);
                var outcome = session.backward(
                        new LabelledBatch(
                                GoldenNetworks.batch(order.reorder(inputs, samples), shape),
                                order.reorder(labels),
                                order.reorder(weights, samples)),
                        DropoutSeed.NONE);
                var gradients = session.state().read(Kind.GRADIENTS);
                var rate = step.get("lr").asDouble();
                var decay = golden.get("weight_decay").asDouble();
                session.update(new Sgd(rate, golden.get("momentum").asDouble(), decay), new Sgd(rate, 0, decay));
                var trained = session.state().read(Kind.WEIGHTS);
                var tracked = trained.get("features.1.num_batches_tracked").longs()[0];
                assertEqual(golden, number++, new Step(outcome.loss(), tracked, gradients, trained));
            }
        }
    }

    private static void assertTensors(String prefix, JsonNode expected, NamedTensors actual) {
        for (var entry : expected.properties()) {
            Golden.assertTensor(
                    prefix + entry.getKey(),
                    entry.getValue(),
                    actual.get(entry.getKey()).floats());
        }
    }
}
