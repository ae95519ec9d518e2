package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.VectorBatch;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int UNITS = 24;
    private static final int SAMPLES = 5;
    private static final double PROBABILITY = 0.4;
    private static final DropoutSeed DROPOUT = new DropoutSeed(new Seed(5), 17);

    @Test
    void trainingSeesTheInputTimesTheMaskAndEvaluationTheInput() {
        var inputs = inputs();
        var mask = new float[inputs.length];
        DROPOUT.mask("drop", PROBABILITY, SAMPLES, UNITS, FloatBuffer.wrap(mask));
        var masked = new float[inputs.length];
        for (var i = 0; i < inputs.length; i++) {
            masked[i] = inputs[i] * mask[i];
        }
        try (var engine = DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(1)));
                var dropping = session(engine, List.of(new Layer.Dropout("drop", PROBABILITY)));
                var plain = session(engine, List.of())) {
            var loss = dropping.backward(batch(inputs), DROPOUT).loss();
            assertEquals(plain.backward(batch(masked), DropoutSeed.NONE).loss(), loss, 1e-6);
            assertEquals(plain.state().read(Kind.GRADIENTS), dropping.state().read(Kind.GRADIENTS));
            assertNotEquals(plain.backward(batch(inputs), DropoutSeed.NONE).loss(), loss, 1e-3);
            dropping.update(new Sgd(0, 0, 0), new Sgd(0, 0, 0));
            assertEquals(logits(plain, inputs), logits(dropping, inputs));
        }
    }

    private static List<Float> logits(TrainingSession session, float[] inputs) {
        var values = session.forward(
                        new VectorBatch(inputs.clone(), SAMPLES, UNITS), List.of(TapSelection.all(Network.TOP)))
                .get(0)
                .values();
        var list = new Float[values.length];
        for (var i = 0; i < values.length; i++) {
            list[i] = values[i];
        }
        return Arrays.asList(list);
    }

    private static TrainingSession session(DjlEngine engine, List<Layer> layers) {
        var network = new Network("test", TensorShape.vector(UNITS), layers, Map.of(), "top");
        var session = engine.open(network, NamedTensors.empty());
        var weight = new float[3 * UNITS];
        var seed = new Seed(9);
        for (var i = 0; i < weight.length; i++) {
            weight[i] = (float) seed.gaussian(i);
        }
        session.replaceHead(3, weight, new float[3]);
        return session;
    }

    private static LabelledBatch batch(float[] inputs) {
        var weights = new float[SAMPLES];
        Arrays.fill(weights, 1);
        return new LabelledBatch(new VectorBatch(inputs.clone(), SAMPLES, UNITS), new int[] {0, 1, 2, 1, 0}, weights);
    }

    private static float[] inputs() {
        var values = new float[SAMPLES * UNITS];
        var seed = new Seed(3);
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return values;
    }
}
