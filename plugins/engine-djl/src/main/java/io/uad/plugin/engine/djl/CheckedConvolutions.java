package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.plugin.engine.common.ArithmeticCheck;
import io.uad.plugin.engine.common.PlainConvolution.Sizes;

/** The library's convolutions, for {@link ArithmeticCheck}. */
final class CheckedConvolutions implements ArithmeticCheck.Convolutions {
    private static final double TOLERANCE = 0.02;

    private final NDManager manager;

    private CheckedConvolutions(NDManager manager) {
        this.manager = manager;
    }

    /**
     * Computes some layers on a manager's device.
     *
     * @throws io.uad.api.UadException of kind RESOURCE if a value is wrong
     */
    static void check(NDManager manager) {
        var advice = manager.getDevice().isGpu()
                ? "Use engine.device: cpu"
                : "Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41 (slower), or use another machine";
        new ArithmeticCheck(new CheckedConvolutions(manager), TOLERANCE, Native.ENGINE, advice).run();
    }

    private record Arrays(NDArray x, NDArray weight, NDArray bias, Sizes sizes) {
        static Arrays of(ArithmeticCheck.Convolution convolution, NDManager step) {
            var sizes = convolution.sizes();
            return new Arrays(
                    step.create(convolution.x(), new Shape(sizes.samples(), sizes.in(), sizes.side(), sizes.side())),
                    step.create(
                            convolution.weight(), new Shape(sizes.out(), sizes.in(), sizes.kernel(), sizes.kernel())),
                    step.create(convolution.bias(), new Shape(sizes.out())),
                    sizes);
        }

        NDArray convolve(NDArray input) {
            return Convolution.of(input, weight, bias, sizes.stride(), sizes.padding(), input.hasGradient());
        }
    }

    @Override
    public float[] values(ArithmeticCheck.Convolution convolution, boolean channelsLast) {
        try (var step = manager.newSubManager()) {
            var arrays = Arrays.of(convolution, step);
            return arrays.convolve(channelsLast ? Forward.channelsLast(arrays.x) : arrays.x)
                    .toFloatArray();
        }
    }

    @Override
    public ArithmeticCheck.Gradients gradients(
            ArithmeticCheck.Convolution convolution, float[] upstream, boolean byInput) {
        try (var step = manager.newSubManager()) {
            var arrays = Arrays.of(convolution, step);
            arrays.weight.setRequiresGradient(true);
            arrays.bias.setRequiresGradient(true);
            arrays.x.setRequiresGradient(byInput);
            try (var collector = manager.getEngine().newGradientCollector()) {
                var y = arrays.convolve(arrays.x);
                collector.backward(y.mul(step.create(upstream, y.getShape())).sum());
            }
            return new ArithmeticCheck.Gradients(
                    byInput ? arrays.x.getGradient().toFloatArray() : null,
                    arrays.weight.getGradient().toFloatArray(),
                    arrays.bias.getGradient().toFloatArray());
        }
    }
}
