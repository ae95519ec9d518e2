package io.uad.benchmarks;

import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer.Padding;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import io.uad.plugin.backbone.alexnet.AlexNetOptions;
import io.uad.plugin.backbone.alexnet.AlexNetProvider;
import io.uad.runtime.backbone.Initialization;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * AlexNet behind a Sobel filter at one image size, with a batch of noise. A step is what the loop's is: the batch is
 * normalised and copied, forward, backward, and an update with momentum and weight decay.
 */
final class AlexNetStep implements AutoCloseable {
    private static final Sgd BODY = new Sgd(0.05, 0.9, 1e-5);
    private static final Sgd HEAD = new Sgd(0.05, 0, 1e-5);

    private final Network network;
    private final TrainingSession session;
    private final LabelledBatch batch;
    private final int classes;
    private final Seed seed;
    private long step;

    /**
     * @param side of an image, in pixels
     * @param batch images of a step
     * @param classes outputs of the head
     */
    AlexNetStep(Engine engine, int side, int batch, int classes, Seed seed) {
        this.network = network(side, true);
        this.session = engine.open(network, Initialization.of(network, seed));
        this.batch = noise(side, batch, classes, seed);
        this.classes = classes;
        this.seed = seed;
        session.replaceHead(classes, Initialization.headWeight(network, classes, seed), new float[classes]);
    }

    static Network network(int side, boolean sobel) {
        var options = new AlexNetOptions(sobel, Padding.ZEROS, 0.5, 4096, 1);
        return new AlexNetProvider().create(Options.of(options)).network(TensorShape.image(side));
    }

    Workload training() {
        var images = batch.inputs().size();
        var name = "training " + network.input().width() + " px";
        return new Workload(name, images * Work.training(network, classes), images, this::train);
    }

    Workload forward() {
        var images = batch.inputs().size();
        var name = "forward " + network.input().width() + " px";
        return new Workload(name, images * Work.forward(network), images, this::read);
    }

    @Override
    public void close() {
        session.close();
    }

    private void train() {
        var loss =
                session.backward(batch, new DropoutSeed(seed.derive(step++), 0)).loss();
        session.update(BODY, HEAD);
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss is " + loss + ": rates of such numbers mean nothing");
        }
    }

    private void read() {
        session.forward(batch.inputs(), List.of(TapSelection.all("fc7")));
    }

    private static LabelledBatch noise(int side, int size, int classes, Seed seed) {
        var images = IntStream.range(0, size)
                .mapToObj(i -> new Image(side, side, bytes(side * side * 3, seed.derive(i))))
                .toList();
        var labels = IntStream.range(0, size)
                .map(i -> seed.derive("label").integer(i, classes))
                .toArray();
        var weights = new float[size];
        Arrays.fill(weights, 1);
        var views = Collections.nCopies(size, View.whole(side));
        return new LabelledBatch(new ImageBatch(images, views, Normalization.IMAGENET), labels, weights);
    }

    private static byte[] bytes(int count, Seed seed) {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = (byte) seed.bits(i);
        }
        return bytes;
    }
}
