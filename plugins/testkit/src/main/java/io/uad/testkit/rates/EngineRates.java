package io.uad.testkit.rates;

import io.uad.api.FeatureMatrix;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.engine.Capability;
import io.uad.api.engine.Engine;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * How fast an engine is: training and features of a network, each beside the rate of the engine's own matrix product, and
 * Lloyd's iterations of its products.
 */
public final class EngineRates {
    private static final int WARM_UP = 5;
    private static final int STEPS = 30;
    private static final int MATRIX = 8192;
    private static final int PRODUCTS = 20;

    private final Engine engine;
    private final Consumer<String> line;

    /**
     * @param engine which stays the caller's
     * @param line takes a line of what was found out
     */
    public EngineRates(Engine engine, Consumer<String> line) {
        this.engine = engine;
        this.line = line;
    }

    /**
     * Times training and features, and training on boxes of images of bytes if the engine cuts them out.
     *
     * @param noisy its last tap is what the features are
     * @param batch images of a step
     */
    public void network(NoisyNetwork noisy, int batch) {
        var network = noisy.network();
        var peak = matrixRate(engine.linearAlgebra());
        print("%s", engine.capabilities().summary());
        print("product of two matrices of %d: %.2f TFLOP/s", MATRIX, peak * 1e-12);
        try (var session = noisy.open(engine)) {
            var images = noisy.images(0, 0, batch);
            var taps = List.of(TapSelection.all(network.highTap()));
            var training = STEPS * batch / seconds(step -> noisy.train(session, images, step));
            var features = STEPS * batch / seconds(step -> session.forward(images, taps));
            report(network.name() + " training", training, work(noisy, true), peak);
            if (engine.capabilities().has(Capability.VIEWS)) {
                report(network.name() + " training on views", onViews(noisy, session, batch), work(noisy, true), peak);
            }
            report(network.name() + " features", features, work(noisy, false), peak);
        }
    }

    /** As the loop does it: a step begins when the next one's images are announced. */
    private static double onViews(NoisyNetwork noisy, TrainingSession session, int batch) {
        var batches = List.of(noisy.views(0, batch), noisy.views(1, batch));
        var seconds = seconds(step -> {
            session.prepare(batches.get((step + 1) % 2));
            noisy.train(session, batches.get(step % 2), step);
        });
        return STEPS * batch / seconds;
    }

    /** Times k-means: {@code rows} points of {@code columns}, {@code clusters} clusters. */
    public void kMeans(int rows, int columns, int clusters, int iterations) {
        print(
                "k-means, %d x %d, k %d, %d iterations: %.2f s",
                rows, columns, clusters, iterations, lloyd(rows, columns, clusters, iterations));
    }

    private void report(String what, double rate, double flop, double peak) {
        print("%s: %.0f images/s, %.2f times the rate of a product of float32", what, rate, rate * flop / peak);
    }

    private void print(String format, Object... values) {
        line.accept(String.format(Locale.ROOT, format, values));
    }

    /** Each step ends with numbers on the host, so the device has finished. */
    private static double seconds(IntConsumer step) {
        for (var i = 0; i < WARM_UP; i++) {
            step.accept(i);
        }
        var before = System.nanoTime();
        for (var i = 0; i < STEPS; i++) {
            step.accept(i);
        }
        return (System.nanoTime() - before) * 1e-9;
    }

    /** FLOP/s; the device works in order, so that the last product's sum waits for all. */
    private static double matrixRate(LinearAlgebra algebra) {
        var values = NoisyNetwork.noise("matrix", 1 << 20, 1);
        var matrix = new float[MATRIX * MATRIX];
        for (var at = 0; at < matrix.length; at += values.length) {
            System.arraycopy(values, 0, matrix, at, values.length);
        }
        try (var square = algebra.upload(FeatureMatrix.of(matrix, MATRIX));
                var row = algebra.upload(FeatureMatrix.of(Arrays.copyOf(values, MATRIX), MATRIX))) {
            var before = 0L;
            for (var i = -2; i < PRODUCTS; i++) {
                if (i == 0) {
                    before = System.nanoTime();
                }
                try (var product = algebra.multiply(square, false, square, false)) {
                    if (i == -1 || i == PRODUCTS - 1) {
                        try (var sum = algebra.multiply(row, false, product, false)) {
                            algebra.read(sum);
                        }
                    }
                }
            }
            return 2.0 * MATRIX * MATRIX * MATRIX * PRODUCTS / ((System.nanoTime() - before) * 1e-9);
        }
    }

    private double lloyd(int rows, int columns, int clusters, int iterations) {
        var algebra = engine.linearAlgebra();
        var features = FeatureMatrix.of(NoisyNetwork.noise("features", Math.multiplyExact(rows, columns), 1), columns);
        var centroids = FeatureMatrix.of(NoisyNetwork.noise("centroids", clusters * columns, 1), columns);
        var before = System.nanoTime();
        try (var points = algebra.upload(features)) {
            for (var i = 0; i < iterations; i++) {
                try (var now = algebra.upload(centroids)) {
                    centroids = ClusterMeans.of(
                            features, algebra.nearest(points, now, 1).indices(), centroids);
                }
            }
        }
        return (System.nanoTime() - before) * 1e-9;
    }

    /** FLOP of an image: two for each multiplication with its addition; twice more for the gradients, but for the pixels'. */
    private static double work(NoisyNetwork noisy, boolean training) {
        var network = noisy.network();
        var sum = 0.0;
        var first = 0.0;
        var in = network.input();
        for (var layer : network.layers()) {
            var out = new Network("part", in, List.of(layer), Map.of("end", 1), "none").shapeAt("end");
            var flop = work(layer, out);
            first = first == 0 ? flop : first;
            sum += flop;
            in = out;
        }
        var head = training ? 2.0 * network.featureCount() * noisy.classes() : 0;
        return training ? 3 * (sum + head) - first : sum;
    }

    private static double work(Layer layer, TensorShape out) {
        if (layer instanceof Layer.Conv2d conv) {
            return 2.0 * out.size() * conv.in() * conv.kernel() * conv.kernel();
        }
        return layer instanceof Layer.Linear linear ? 2.0 * linear.in() * linear.out() : 0;
    }
}
