package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.NamedTensors;
import io.uad.api.TensorShape;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.testkit.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step is computed with one thread and with two. Where the inputs of a ReLU or max pool tie to within rounding, the
 * two fall different ways and their weights part by more than rounding; there, and only there, the reference may differ
 * from ours by a few times that much.
 */
class TrainingGoldenTest {
    private static final double SPREADS = 3;

    private record Step(double loss, long tracked, NamedTensors gradients, NamedTensors weights) {}

    static Stream<Named<JsonNode>> cases() {
        return Golden.list(Golden.file("training.json").get("cases")).stream()
                .map(golden -> Named.of(golden.get("name").asText(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossesGradientsAndStatesEqualPyTorchsStepForStep(JsonNode golden) {
        var one = train(golden, 1);
        var two = train(golden, 2);
        assertTensors("gradient ", golden.get("gradients_step1"), one.get(0).gradients, two.get(0).gradients);
        for (var number = 0; number < one.size(); number++) {
            var expected = golden.get("steps").get(number);
            var step = one.get(number);
            assertEquals(
                    expected.get("loss").asDouble(),
                    step.loss,
                    expected.get("loss_tolerance_abs").asDouble(),
                    "loss of step " + number);
            assertTensors("step " + number + " ", expected.get("state"), step.weights, two.get(number).weights);
            assertEquals(expected.get("num_batches_tracked").asLong(), step.tracked);
        }
    }

    private static List<Step> train(JsonNode golden, int threads) {
        var name = golden.get("name").asText();
        var size = golden.get("size").asInt();
        var samples = golden.get("batch").asInt();
        var shape = new TensorShape(3, size, size);
        var generator = Golden.generator();
        var network = GoldenNetworks.network(golden, golden.get("dropout").asDouble());
        var steps = new ArrayList<Step>();
        try (var engine = DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(threads)));
                var session = engine.open(network, GoldenNetworks.state(network, golden))) {
            for (var step : golden.get("steps")) {
                var number = steps.size();
                var inputs = generator.floats(name + "/input/" + number, samples * shape.size(), 2, 0);
                var labels = generator.ints(
                        name + "/label/" + number,
                        samples,
                        golden.get("classes").asInt());
                var weights = generator.floats(name + "/weight/" + number, samples, 0.5, 1);
                assertArrayEquals(Golden.ints(step.get("labels")), labels);
                Golden.assertFirstValues(step.get("weights"), weights);
                var outcome = session.backward(
                        new LabelledBatch(GoldenNetworks.batch(inputs, shape), labels, weights), DropoutSeed.NONE);
                var gradients = session.state().read(Kind.GRADIENTS);
                var rate = step.get("lr").asDouble();
                var decay = golden.get("weight_decay").asDouble();
                session.update(new Sgd(rate, golden.get("momentum").asDouble(), decay), new Sgd(rate, 0, decay));
                var state = session.state().read(Kind.WEIGHTS);
                steps.add(new Step(
                        outcome.loss(),
                        state.get("features.1.num_batches_tracked").longs()[0],
                        gradients,
                        state));
            }
        }
        return steps;
    }

    private static void assertTensors(String prefix, JsonNode expected, NamedTensors one, NamedTensors two) {
        for (var entry : expected.properties()) {
            var actual = one.get(entry.getKey()).floats();
            var other = two.get(entry.getKey()).floats();
            var spread = 0.0;
            for (var i = 0; i < actual.length; i++) {
                spread = Math.max(spread, Math.abs(actual[i] - other[i]));
            }
            var tolerance = entry.getValue().get("tolerance_abs").asDouble();
            Golden.assertTensor(
                    prefix + entry.getKey(), entry.getValue(), actual, Math.max(tolerance, SPREADS * spread));
        }
    }
}
