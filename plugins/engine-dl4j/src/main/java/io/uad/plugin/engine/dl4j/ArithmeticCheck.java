package io.uad.plugin.engine.dl4j;

import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.SessionState.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Small convolutions and their gradients, compared with plain loops, before anything is built on the library: its kernels
 * are compiled for the processor that they find, and there are processors on which such kernels compute something else,
 * without an error. Takes some milliseconds.
 */
record ArithmeticCheck(Workers workers) {
    private static final int SAMPLES = 2;
    /** Of an array's root mean square: rounding stays below; a sum that lacks a part does not. */
    private static final double TOLERANCE = 1e-3;

    /**
     * Computes some layers as backbones have them.
     *
     * @throws UadException of kind RESOURCE if a value is wrong
     */
    void run() {
        run(new Window(new TensorShape(3, 11, 11), 7, 2, 3), 64);
        run(new Window(new TensorShape(64, 6, 6), 3, 1, 1), 64);
        run(new Window(new TensorShape(64, 6, 6), 3, 2, 1), 96);
        run(new Window(new TensorShape(96, 5, 5), 1, 1, 0), 48);
    }

    private void run(Window window, int out) {
        var kernel = window.kernel();
        try (var memory = new Memory();
                var weight = variable("weight", out, window.input().channels(), kernel, kernel);
                var bias = variable("bias", out)) {
            var x = maps(memory, "x", SAMPLES, window.input());
            var node = new Convolution(kernel, window.stride(), window.padding(), weight, Optional.of(bias), workers);
            var plain = new PlainConvolution(window, SAMPLES, values(x), weight.read());
            var step = node.forward(x, new Node.Mode(true, true, DropoutSeed.NONE));
            compare(plain.values(bias.read()), values(step.output()), window, "values");
            var upstream = maps(memory, "upstream", SAMPLES, step.output().shape());
            var expected = plain.backward(values(upstream));
            var slopes = step.backward().apply(upstream);
            compare(expected.weight(), gradient(weight), window, "gradients by the weight");
            compare(expected.bias(), gradient(bias), window, "gradients by the bias");
            compare(expected.input(), slopes == null ? new float[0] : values(slopes), window, "gradients by the input");
        }
    }

    private static float[] gradient(Variable variable) {
        return variable.read(Kind.GRADIENTS).floats();
    }

    static Variable variable(String name, Integer... shape) {
        var variable = new Variable(new Parameter(name, List.of(shape), Parameter.Role.NORMAL, 1));
        variable.write(Kind.WEIGHTS, Tensor.of(normal(name, product(shape)), shape));
        return variable;
    }

    private static int product(Integer... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    static Maps maps(Memory memory, String name, int samples, TensorShape shape) {
        var maps = Maps.take(memory, samples, shape);
        var values = normal(name, (int) maps.size());
        Floats.write(maps.vector(), 0, values, 0, values.length);
        return maps;
    }

    static float[] values(Maps maps) {
        var values = new float[(int) maps.size()];
        Floats.read(maps.vector(), 0, values, 0, values.length);
        return values;
    }

    private static float[] normal(String name, int count) {
        var seed = new Seed(0).derive(name);
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return values;
    }

    private static void compare(double[] expected, float[] found, Window window, String what) {
        var squares = Arrays.stream(expected).map(value -> value * value).sum();
        var tolerance = TOLERANCE * Math.sqrt(squares / expected.length);
        for (var i = 0; i < expected.length; i++) {
            if (found.length != expected.length || !(Math.abs(expected[i] - found[i]) <= tolerance)) {
                throw UadException.resource(
                        "ND4J computes wrong convolutions on this processor: the " + what + " of " + window
                                + " differ at " + i,
                        "engine/dl4j",
                        "what plain loops compute",
                        "Set the environment variable DNNL_MAX_CPU_ISA=AVX2 (slower), or use engine.plugin: djl");
            }
        }
    }
}
