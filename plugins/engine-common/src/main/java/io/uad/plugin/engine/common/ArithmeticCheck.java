package io.uad.plugin.engine.common;

import io.uad.api.Seed;
import io.uad.api.UadException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Small convolutions and their gradients, compared with plain loops, before anything is built on a library: there are
 * processors on which the kernels of some compute something else, without an error. Takes some milliseconds.
 */
public final class ArithmeticCheck {
    private static final int SAMPLES = 2;

    /** What a library computes, as the engine lets it. */
    public interface Convolutions {
        /**
         * The values, as features are read.
         *
         * @param channelsLast how the input lies in memory
         */
        float[] values(Convolution convolution, boolean channelsLast);

        /**
         * The gradients, as in training.
         *
         * @param upstream the gradient by the values
         * @param byInput whether the input's is asked for: the first layer has none
         */
        Gradients gradients(Convolution convolution, float[] upstream, boolean byInput);
    }

    /** A convolution's sizes and values. */
    public record Convolution(PlainConvolution.Sizes sizes, float[] x, float[] weight, float[] bias) {}

    /** By input, which is null where it was not asked for, weight and bias. */
    public record Gradients(float @Nullable [] input, float[] weight, float[] bias) {}

    private final Convolutions library;
    private final double tolerance;
    private final String where;
    private final String advice;

    /**
     * @param tolerance of an array's root mean square: rounding stays below, a sum that lacks a part does not; 0.02 suits
     *     float32, TF32 on a GPU included
     * @param where the engine, such as {@code engine/djl}
     * @param advice what the user can do
     */
    public ArithmeticCheck(Convolutions library, double tolerance, String where, String advice) {
        this.library = library;
        this.tolerance = tolerance;
        this.where = where;
        this.advice = advice;
    }

    /**
     * Computes some layers as backbones have them.
     *
     * @throws UadException of kind RESOURCE if a value is wrong
     */
    public void run() {
        run(new PlainConvolution.Sizes(SAMPLES, 3, 64, 11, 7, 2, 3));
        run(new PlainConvolution.Sizes(SAMPLES, 64, 64, 6, 3, 1, 1));
        run(new PlainConvolution.Sizes(SAMPLES, 64, 96, 6, 3, 2, 1));
        run(new PlainConvolution.Sizes(SAMPLES, 96, 48, 5, 1, 2, 0));
    }

    private void run(PlainConvolution.Sizes sizes) {
        var x = noise("x", SAMPLES * sizes.in() * sizes.side() * sizes.side());
        var weight = noise("weight", sizes.out() * sizes.in() * sizes.kernel() * sizes.kernel());
        var bias = noise("bias", sizes.out());
        var convolution = new Convolution(sizes, x, weight, bias);
        var plain = new PlainConvolution(sizes, x, weight, bias);
        var expected = plain.values();
        compare(expected, library.values(convolution, false), sizes, "values");
        compare(expected, library.values(convolution, true), sizes, "values with channels last");
        var upstream = noise("upstream", expected.length);
        var gradients = plain.backward(upstream);
        for (var byInput : new boolean[] {false, true}) {
            var found = library.gradients(convolution, upstream, byInput);
            compare(gradients.weight(), found.weight, sizes, "gradients by the weight");
            compare(gradients.bias(), found.bias, sizes, "gradients by the bias");
            if (byInput) {
                compare(gradients.input(), found.input, sizes, "gradients by the input");
            }
        }
    }

    private static float[] noise(String name, int length) {
        var seed = new Seed(0).derive(name);
        var values = new float[length];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return values;
    }

    private void compare(double[] expected, float @Nullable [] found, PlainConvolution.Sizes sizes, String what) {
        var squares = Arrays.stream(expected).map(value -> value * value).sum();
        var most = tolerance * Math.sqrt(squares / expected.length);
        for (var i = 0; i < expected.length; i++) {
            if (found == null || found.length != expected.length || !(Math.abs(expected[i] - found[i]) <= most)) {
                throw UadException.resource(
                        "the library computes wrong convolutions on this device: the " + what + " of " + sizes
                                + " hold " + (found == null || found.length <= i ? "nothing" : found[i]) + " for "
                                + expected[i],
                        where,
                        "what plain loops compute",
                        advice);
            }
        }
    }
}
