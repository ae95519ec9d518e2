package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.Seed;
import io.uad.api.UadException;
import java.util.Arrays;
import java.util.List;

/**
 * Small convolutions and their gradients, compared with plain loops, before anything is built on the library: there are
 * processors on which its kernels compute something else, without an error. Takes some milliseconds.
 */
final class ArithmeticCheck {
    private static final int SAMPLES = 2;
    /** Of an array's root mean square: rounding, TF32 on a GPU included, stays below; a sum that lacks a part does not. */
    private static final double TOLERANCE = 0.02;

    /** Inputs, outputs, side, kernel, stride and padding. */
    private record Layer(int in, int out, int side, int kernel, int stride, int padding) {}

    private final NDManager manager;

    ArithmeticCheck(NDManager manager) {
        this.manager = manager;
    }

    /**
     * Computes some layers as backbones have them.
     *
     * @throws UadException of kind RESOURCE if a value is wrong
     */
    void run() {
        run(new Layer(3, 64, 11, 7, 2, 3));
        run(new Layer(64, 64, 6, 3, 1, 1));
        run(new Layer(64, 96, 6, 3, 2, 1));
        run(new Layer(96, 48, 5, 1, 2, 0));
    }

    private void run(Layer layer) {
        try (var step = manager.newSubManager()) {
            var x = array(step, "x", SAMPLES, layer.in, layer.side, layer.side);
            var weight = array(step, "weight", layer.out, layer.in, layer.kernel, layer.kernel);
            var bias = array(step, "bias", layer.out);
            var plain = new PlainConvolution(x, weight, bias, layer.stride, layer.padding);
            var expected = plain.values();
            for (var input : List.of(x, Forward.channelsLast(x))) { // as features are read
                var y = Convolution.of(input, weight, bias, layer.stride, layer.padding, false);
                compare(expected, y, layer, "values");
            }
            var upstream = array(step, "upstream", SAMPLES, layer.out, plain.outputSide(), plain.outputSide());
            var gradients = plain.backward(upstream.toFloatArray());
            weight.setRequiresGradient(true);
            bias.setRequiresGradient(true);
            backward(x, weight, bias, upstream, layer); // as the first layer is trained
            compare(gradients.weight(), weight.getGradient(), layer, "gradients by the weight");
            compare(gradients.bias(), bias.getGradient(), layer, "gradients by the bias");
            x.setRequiresGradient(true);
            backward(x, weight, bias, upstream, layer);
            compare(gradients.input(), x.getGradient(), layer, "gradients by the input");
        }
    }

    private void backward(NDArray x, NDArray weight, NDArray bias, NDArray upstream, Layer layer) {
        try (var collector = manager.getEngine().newGradientCollector()) {
            var y = Convolution.of(x, weight, bias, layer.stride, layer.padding, x.hasGradient());
            collector.backward(y.mul(upstream).sum());
        }
    }

    private static NDArray array(NDManager step, String name, long... sides) {
        var shape = new Shape(sides);
        var seed = new Seed(0).derive(name);
        var values = new float[Math.toIntExact(shape.size())];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return step.create(values, shape);
    }

    private void compare(double[] expected, NDArray found, Layer layer, String what) {
        var values = found.toFloatArray();
        var squares = Arrays.stream(expected).map(value -> value * value).sum();
        var tolerance = TOLERANCE * Math.sqrt(squares / expected.length);
        for (var i = 0; i < expected.length; i++) {
            if (values.length != expected.length || !(Math.abs(expected[i] - values[i]) <= tolerance)) {
                throw wrong(what + " of " + layer + " hold " + values[i] + " for " + expected[i]);
            }
        }
    }

    private UadException wrong(String what) {
        var gpu = manager.getDevice().isGpu();
        return UadException.resource(
                "PyTorch computes wrong convolutions on this " + (gpu ? "GPU" : "processor") + ": the " + what,
                "engine/djl",
                "what plain loops compute",
                gpu
                        ? "Use engine.device: cpu"
                        : "Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41 (slower), or use another machine");
    }
}
