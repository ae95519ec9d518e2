package io.uad.testkit.rates;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import io.uad.testkit.golden.GoldenNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;

/**
 * A network with random weights, and random images to train it on; the same ones each time.
 *
 * @param network without fixed filters
 * @param classes of the head
 */
public record NoisyNetwork(Network network, int classes) {
    private static final Seed SEED = new Seed(1);
    private static final Sgd BODY = new Sgd(0.01, 0.9, 1e-5);
    private static final Sgd HEAD = new Sgd(0.01, 0, 1e-5);

    /** A session with the same weights each time. */
    public TrainingSession open(Engine engine) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            tensors.put(parameter.name(), new Tensor(parameter.shape(), values(parameter)));
        }
        var session = engine.open(network, new NamedTensors(tensors));
        session.replaceHead(classes, noise("head", classes * network.featureCount(), 0.05), new float[classes]);
        return session;
    }

    private static Object values(Parameter parameter) {
        if (parameter.role() == Parameter.Role.COUNTER) {
            return new long[parameter.size()];
        }
        if (parameter.role() == Parameter.Role.NORMAL) {
            return noise(parameter.name(), parameter.size(), parameter.initial());
        }
        var constants = new float[parameter.size()];
        Arrays.fill(constants, (float) parameter.initial());
        return constants;
    }

    /**
     * Trains on images {@code first} to {@code last - 1} of a step's.
     *
     * @return the loss
     */
    public double train(TrainingSession session, int step, int first, int last) {
        return train(session, step, first, last, 1);
    }

    /** The same of a batch that so many processes bring. */
    public double train(TrainingSession session, int step, int first, int last, int copies) {
        var outcome = session.backward(
                new LabelledBatch(images(step, first, last), labels(first, last), weights(first, last), copies),
                new DropoutSeed(SEED.derive(step), first));
        session.update(BODY, HEAD);
        return outcome.loss();
    }

    /** Trains on images that were made before, in full. */
    void train(TrainingSession session, Batch images, int step) {
        session.backward(
                new LabelledBatch(images, labels(0, images.size()), weights(0, images.size())),
                new DropoutSeed(SEED.derive(step), 0));
        session.update(BODY, HEAD);
    }

    /** Those images. */
    public Batch images(int step, int first, int last) {
        var size = Math.toIntExact(network.input().size());
        var all = noise("images " + step, last * size, 1);
        return GoldenNetworks.batch(Arrays.copyOfRange(all, first * size, last * size), network.input());
    }

    /**
     * Images of a step before a network sees them, as a packed dataset holds them: larger than its input by a seventh, of
     * which random boxes are taken.
     */
    ImageBatch views(int step, int count) {
        var side = network.input().width();
        var whole = side + side / 7;
        var random = new Random(SEED.derive("views").derive(step).value());
        var images = new ArrayList<Image>();
        var views = new ArrayList<View>();
        for (var i = 0; i < count; i++) {
            var rgb = new byte[3 * whole * whole];
            random.nextBytes(rgb);
            images.add(new Image(whole, whole, rgb));
            var box = whole / 2 + random.nextInt(whole / 2);
            views.add(new View(
                    random.nextInt(whole - box + 1),
                    random.nextInt(whole - box + 1),
                    box,
                    box,
                    side,
                    side,
                    random.nextBoolean(),
                    0,
                    0,
                    side));
        }
        return new ImageBatch(images, views, Normalization.IMAGENET);
    }

    private int[] labels(int first, int last) {
        var labels = new int[last - first];
        Arrays.setAll(labels, i -> (first + i) * 7 % classes);
        return labels;
    }

    private static float[] weights(int first, int last) {
        var weights = new float[last - first];
        for (var i = 0; i < weights.length; i++) {
            weights[i] = 0.5f + (first + i) % 3;
        }
        return weights;
    }

    /** So many numbers from N(0, deviation), the same ones for the same name. */
    public static float[] noise(String name, int count, double deviation) {
        var seed = SEED.derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return values;
    }
}
