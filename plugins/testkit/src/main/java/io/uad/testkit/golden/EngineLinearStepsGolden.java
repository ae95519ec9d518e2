package io.uad.testkit.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The linear probe's steps on pooled activations of conv3 at 224 pixels, as the note of {@code probe.json} says. */
public abstract class EngineLinearStepsGolden extends EngineGolden {
    /** For subclasses. */
    protected EngineLinearStepsGolden() {}

    private static final JsonNode FILE = Golden.file("probe.json");
    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 1e-4;

    @Test
    final void poolingAndALinearHeadLearnAsInPyTorch() {
        var linear = FILE.get("linear");
        var size = Golden.list(FILE.get("sizes")).stream()
                .filter(entry ->
                        entry.get("input").asInt() == 224 && entry.get("conv").asInt() == 3)
                .findFirst()
                .orElseThrow();
        var sides = Golden.ints(size.get("activation"));
        var map = new TensorShape(sides[0], sides[1], sides[2]);
        var pool = Golden.ints(size.get("pool"));
        var network = new Network(
                "probe",
                map,
                List.of(new Layer.AvgPool2d(pool[0], pool[1], pool[2]), new Layer.Flatten()),
                Map.of(),
                "linear");
        assertEquals(linear.get("inputs").asInt(), network.featureCount());
        var samples = linear.get("batch").asInt();
        var weights = new float[samples];
        Arrays.fill(weights, 1);
        var generator = Golden.generator();
        try (var engine = engine(OptionalInt.empty());
                var session = engine.open(network, head(network, linear, generator))) {
            for (var step : linear.get("steps")) {
                var t = step.get("t").asInt();
                var values = generator.floats("probe/step/" + t + "/activation", samples * map.size(), 1, 0);
                for (var i = 0; i < values.length; i++) {
                    values[i] = Math.max(0, values[i]);
                }
                var batch = GoldenNetworks.batch(values, map);
                var logits = session.forward(batch, List.of(TapSelection.all(Network.TOP)));
                Golden.assertTensor(
                        "logits " + t, step.get("logits"), logits.get(0).values());
                var labels = Golden.ints(step.get("labels"));
                var outcome = session.backward(new LabelledBatch(batch, labels, weights), DropoutSeed.NONE);
                var tolerance = step.get("loss_tolerance_abs").asDouble();
                assertEquals(step.get("loss").asDouble(), outcome.loss(), tolerance, "loss " + t);
                var rule = new Sgd(step.get("lr").asDouble(), MOMENTUM, WEIGHT_DECAY);
                session.update(rule, rule);
                var state = session.state().read(Kind.WEIGHTS);
                for (var part : List.of("weight", "bias")) {
                    Golden.assertTensor(
                            part + " " + t,
                            step.get(part),
                            state.get("linear." + part).floats());
                }
            }
        }
    }

    private static NamedTensors head(Network network, JsonNode linear, GoldenGenerator generator) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.headParameters(linear.get("classes").asInt())) {
            var entry = linear.get(parameter.name().substring("linear.".length()));
            var values = generator.floats(
                    entry.get("stream").asText(),
                    parameter.size(),
                    entry.get("bound").asDouble(),
                    0);
            tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
        }
        return new NamedTensors(tensors);
    }
}
