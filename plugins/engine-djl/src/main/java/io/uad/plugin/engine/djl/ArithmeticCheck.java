package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.Seed;
import io.uad.api.UadException;

/**
 * Small convolutions and their gradients, compared with plain loops, before anything is built on the library: there are
 * processors on which its kernels compute something else, without an error. Takes some milliseconds.
 */
final class ArithmeticCheck {
    private static final int SAMPLES = 2;
    /** Of sums with a deviation of 1: rounding, TF32 on a GPU included, stays below; wrong sums lie above 1. */
    private static final double TOLERANCE = 0.05;

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
            var deviation = 1 / Math.sqrt(layer.in * layer.kernel * layer.kernel);
            var x = array(step, "x", 1, SAMPLES, layer.in, layer.side, layer.side);
            var weight = array(step, "weight", deviation, layer.out, layer.in, layer.kernel, layer.kernel);
            var bias = array(step, "bias", 1, layer.out);
            var plain = new PlainConvolution(x, weight, bias, layer.stride, layer.padding);
            var upstream =
                    array(step, "upstream", deviation, SAMPLES, layer.out, plain.outputSide(), plain.outputSide());
            weight.setRequiresGradient(true);
            x.setRequiresGradient(true);
            try (var collector = manager.getEngine().newGradientCollector()) {
                var y = Convolution.of(x, weight, bias, layer.stride, layer.padding);
                compare(plain.values(), y, layer, "values");
                collector.backward(y.mul(upstream).sum());
            }
            var gradients = plain.backward(upstream.toFloatArray());
            compare(gradients.input(), x.getGradient(), layer, "gradients by the input");
            compare(gradients.weight(), weight.getGradient(), layer, "gradients by the weight");
        }
    }

    private static NDArray array(NDManager step, String name, double deviation, long... sides) {
        var shape = new Shape(sides);
        var seed = new Seed(0).derive(name);
        var values = new float[Math.toIntExact(shape.size())];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * seed.gaussian(i));
        }
        return step.create(values, shape);
    }

    private static void compare(double[] expected, NDArray found, Layer layer, String what) {
        var values = found.toFloatArray();
        for (var i = 0; i < values.length; i++) {
            if (!(Math.abs(expected[i] - values[i]) <= TOLERANCE)) {
                throw UadException.resource(
                        "PyTorch computes wrong convolutions on this processor: the " + what + " of " + layer + " hold "
                                + values[i] + " for " + expected[i],
                        "engine/djl",
                        "what plain loops compute",
                        "Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41 (slower), or use another machine");
            }
        }
    }
}
