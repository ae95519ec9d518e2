package io.uad.plugin.engine.libtorch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Times training steps of a small network whose layers are like those in the middle of AlexNet, VGG16 and ResNets. */
final class SpeedTrial {
    private static final int SAMPLES = 8;
    private static final int STEPS = 3;

    private final Arithmetic arithmetic;
    private final Tensor x;
    private final Tensor first;
    private final Tensor second;
    private final Tensor last;

    /** Its tensors live as long as the scope. */
    SpeedTrial(LibtorchDevice device, Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
        var transfer = device.transfer();
        x = noise(transfer, SAMPLES, 64, 27, 27);
        first = noise(transfer, 128, 64, 3, 3);
        second = noise(transfer, 128, 128, 3, 3);
        last = noise(transfer, 256, 128 * 13 * 13);
        List.of(first, second, last).forEach(weight -> weight.set_requires_grad(true));
    }

    private Tensor noise(Transfer transfer, long... sides) {
        return arithmetic.ordered(transfer.toDevice(torch.randn(sides).mul(new Scalar(0.01))));
    }

    /** The shortest of some steps, after one that does not count. */
    double milliseconds() {
        step();
        var shortest = Double.POSITIVE_INFINITY;
        for (var i = 0; i < STEPS; i++) {
            var began = System.nanoTime();
            step();
            shortest = Math.min(shortest, (System.nanoTime() - began) / 1e6);
        }
        return shortest;
    }

    private void step() {
        try (var scope = new PointerScope();
                var recording = new AutoGradMode(true)) {
            var y = arithmetic.run(() -> {
                var maps = convolve(torch.relu(convolve(x, first)), second);
                var pooled = torch.max_pool2d(maps, pair(3), pair(2), pair(0), pair(1), false);
                return torch.linear(pooled.reshape(SAMPLES, -1), last, new TensorOptional());
            });
            y.sum().backward();
            y.sum().item_float(); // waits for a GPU
        }
    }

    private static Tensor convolve(Tensor x, Tensor weight) {
        return torch.conv2d(x, weight, new TensorOptional(), pair(1), pair(1), pair(1), 1);
    }

    private static long[] pair(int value) {
        return new long[] {value, value};
    }
}
