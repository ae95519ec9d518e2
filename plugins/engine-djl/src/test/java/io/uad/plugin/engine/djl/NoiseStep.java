package io.uad.plugin.engine.djl;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.testkit.golden.GoldenNetworks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** AlexNet in its full width on noise. */
final class NoiseStep implements AutoCloseable {
    static final int CLASSES = 1000;

    private static final Seed SEED = new Seed(1);
    private static final Sgd BODY = new Sgd(0.001, 0.9, 1e-5);
    private static final Sgd HEAD = new Sgd(0.001, 0, 1e-5);

    final Network network;
    private final TrainingSession session;
    private final LabelledBatch batch;

    NoiseStep(Engine engine, int side, int images) {
        network = Goldens.backbone("alexnet", false, 0.5).network(TensorShape.image(side));
        session = engine.open(network, weights(network));
        session.replaceHead(CLASSES, noise("head", CLASSES * network.featureCount(), 0.01), new float[CLASSES]);
        var weights = new float[images];
        Arrays.fill(weights, 1);
        var labels = new int[images];
        Arrays.setAll(labels, i -> i % CLASSES);
        var pixels = noise("pixels", images * network.input().size(), 1);
        batch = new LabelledBatch(GoldenNetworks.batch(pixels, network.input()), labels, weights);
    }

    void train(int step) {
        var loss =
                session.backward(batch, new DropoutSeed(SEED.derive(step), 0)).loss();
        if (!Double.isFinite(loss)) {
            throw new AssertionError("the loss is " + loss);
        }
        session.update(BODY, HEAD);
    }

    void read() {
        session.forward(batch.inputs(), List.of(TapSelection.all("fc7")));
    }

    @Override
    public void close() {
        session.close();
    }

    private static NamedTensors weights(Network network) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            Object values;
            if (parameter.role() == Parameter.Role.COUNTER) {
                values = new long[parameter.size()];
            } else if (parameter.role() == Parameter.Role.NORMAL) {
                values = noise(parameter.name(), parameter.size(), parameter.initial());
            } else {
                var constants = new float[parameter.size()];
                Arrays.fill(constants, (float) parameter.initial());
                values = constants;
            }
            tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
        }
        return new NamedTensors(tensors);
    }

    static float[] noise(String name, int count, double deviation) {
        var seed = SEED.derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return values;
    }
}
