package io.uad.plugin.engine.libtorch;

import io.uad.plugin.engine.common.ArithmeticCheck;
import io.uad.plugin.engine.common.PlainConvolution.Sizes;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** The library's convolutions, for {@link ArithmeticCheck}. */
final class CheckedConvolutions implements ArithmeticCheck.Convolutions {
    private static final double FLOAT32 = 0.02;

    /** Inputs lose 13 bits: each product is off by at most 2^-10, an eighth of what it is in bfloat16 beyond the rest. */
    private static final double TF32 = 0.03;

    /** Inputs lose all but 8 bits: each product is off by at most 2^-8, and some hundred of them by a few of that. */
    private static final double BFLOAT16 = 0.1;

    private final Transfer transfer;
    private final Arithmetic arithmetic;

    private CheckedConvolutions(Transfer transfer, Arithmetic arithmetic) {
        this.transfer = transfer;
        this.arithmetic = arithmetic;
    }

    /**
     * Computes some layers on a device.
     *
     * @throws io.uad.api.UadException of kind RESOURCE if a value is wrong
     */
    static void check(LibtorchDevice device, Arithmetic arithmetic) {
        var tolerance = switch (arithmetic.precision()) {
            case FLOAT32 -> FLOAT32;
            case TF32 -> TF32;
            case BFLOAT16 -> BFLOAT16;
        };
        var advice = device.isGpu()
                ? "Use engine.device: cpu"
                : "Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41 (slower), or use another machine or precision";
        var convolutions = new CheckedConvolutions(device.transfer(), arithmetic);
        new ArithmeticCheck(convolutions, tolerance, Native.ENGINE, advice).run();
    }

    private final class Layer {
        private final Sizes sizes;
        private final Tensor x;
        private final Tensor weight;
        private final Tensor bias;

        Layer(ArithmeticCheck.Convolution convolution) {
            sizes = convolution.sizes();
            x = transfer.create(convolution.x(), sizes.samples(), sizes.in(), sizes.side(), sizes.side());
            weight = transfer.create(convolution.weight(), sizes.out(), sizes.in(), sizes.kernel(), sizes.kernel());
            bias = transfer.create(convolution.bias(), sizes.out());
        }

        Tensor values(Tensor input) {
            return arithmetic.run(() -> torch.conv2d(
                    input,
                    weight,
                    new TensorOptional(bias),
                    new long[] {sizes.stride(), sizes.stride()},
                    new long[] {sizes.padding(), sizes.padding()},
                    new long[] {1, 1},
                    1));
        }
    }

    @Override
    public float[] values(ArithmeticCheck.Convolution convolution, boolean channelsLast) {
        var layer = new Layer(convolution);
        return Transfer.read(layer.values(channelsLast ? layer.x.contiguous(MemoryFormat.ChannelsLast) : layer.x));
    }

    @Override
    public ArithmeticCheck.Gradients gradients(
            ArithmeticCheck.Convolution convolution, float[] upstream, boolean byInput) {
        var layer = new Layer(convolution);
        layer.weight.set_requires_grad(true);
        layer.bias.set_requires_grad(true);
        layer.x.set_requires_grad(byInput);
        try (var recording = new AutoGradMode(true)) {
            var y = layer.values(arithmetic.ordered(layer.x));
            y.mul(transfer.create(upstream, y.sizes().vec().get())).sum().backward();
        }
        return new ArithmeticCheck.Gradients(
                byInput ? Transfer.read(layer.x.grad()) : null,
                Transfer.read(layer.weight.grad()),
                Transfer.read(layer.bias.grad()));
    }
}
