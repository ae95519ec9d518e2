package io.uad.plugin.engine.djl;

import io.uad.api.FeatureMatrix;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.engine.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * How fast the engine is on a GPU: AlexNet at 224 pixels, and Lloyd's iterations of the engine's products. By hand:
 * {@code mvn -pl plugins/engine-djl -am test -Dgroups=gpu -Dtest=GpuBenchmarkTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Gpu
class GpuBenchmarkTest {
    private static final DjlOptions GPU = new DjlOptions(Gpu.DEVICE, OptionalInt.empty());
    private static final int BATCH = 256;
    private static final int WARM_UP = 5;
    private static final int STEPS = 30;
    private static final int MATRIX = 8192;
    private static final int PRODUCTS = 20;

    @Test
    void rates() {
        try (var engine = DjlEngine.open(GPU)) {
            print(
                    "%s, NVIDIA_TF32_OVERRIDE=%s",
                    engine.capabilities().summary(), System.getenv("NVIDIA_TF32_OVERRIDE"));
            var peak = matrixRate(engine.linearAlgebra());
            print("sgemm %d: %.2f TFLOP/s", MATRIX, peak * 1e-12);
            try (var step = new NoiseStep(engine, 224, BATCH)) {
                var forward = work(step.network, false);
                var training = work(step.network, true);
                report("training", STEPS * BATCH / seconds(step::train), training, peak);
                report("features", STEPS * BATCH / seconds(i -> step.read()), forward, peak);
            }
            print("k-means, 50000 x 256, k 1000, 20 iterations: %.2f s", lloyd(engine.linearAlgebra()));
        }
    }

    private static void report(String what, double rate, double flop, double peak) {
        print("%s: %.0f images/s, %.2f of the matrix rate", what, rate, rate * flop / peak);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
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
        var values = NoiseStep.noise("matrix", 1 << 20, 1);
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

    private static double lloyd(LinearAlgebra algebra) {
        var features = FeatureMatrix.of(NoiseStep.noise("features", 50_000 * 256, 1), 256);
        var centroids = FeatureMatrix.of(NoiseStep.noise("centroids", 1000 * 256, 1), 256);
        var before = System.nanoTime();
        try (var points = algebra.upload(features)) {
            for (var i = 0; i < 20; i++) {
                try (var now = algebra.upload(centroids)) {
                    centroids = ClusterMeans.of(
                            features, algebra.nearest(points, now, 1).indices(), centroids);
                }
            }
        }
        return (System.nanoTime() - before) * 1e-9;
    }

    /** FLOP of an image: two for each multiplication with its addition; twice more for the gradients, but for the pixels'. */
    private static double work(Network network, boolean training) {
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
        var head = training ? 2.0 * network.featureCount() * NoiseStep.CLASSES : 0;
        return training ? 3 * (sum + head) - first : sum;
    }

    private static double work(Layer layer, TensorShape out) {
        if (layer instanceof Layer.Conv2d conv) {
            return 2.0 * out.size() * conv.in() * conv.kernel() * conv.kernel();
        }
        return layer instanceof Layer.Linear linear ? 2.0 * linear.in() * linear.out() : 0;
    }
}
