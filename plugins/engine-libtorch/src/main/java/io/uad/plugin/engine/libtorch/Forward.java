package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Layer;
import io.uad.api.engine.DropoutSeed;
import io.uad.plugin.engine.common.Parameters;
import io.uad.plugin.engine.common.StepBuffers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Runs layers as functional operations. */
final class Forward {
    private static final double EPSILON = 1e-5;
    private static final double NEW_STATISTICS = 0.1;

    private final Parameters<Tensor> parameters;
    private final boolean training;
    private final DropoutSeed dropout;
    private final StepBuffers buffers;
    private final @Nullable JointNormalization joint;

    private Forward(
            Parameters<Tensor> parameters,
            boolean training,
            DropoutSeed dropout,
            StepBuffers buffers,
            @Nullable JointNormalization joint) {
        this.parameters = parameters;
        this.training = training;
        this.dropout = dropout;
        this.buffers = buffers;
        this.joint = joint;
    }

    static Forward evaluating(Parameters<Tensor> parameters) {
        return new Forward(parameters, false, DropoutSeed.NONE, new StepBuffers(Native.ENGINE), null);
    }

    /**
     * @param buffers of the step, for the dropout masks
     * @param group whose batches are normalised jointly; null for this process's alone
     */
    static Forward training(
            Parameters<Tensor> parameters, DropoutSeed dropout, StepBuffers buffers, @Nullable GlooGroup group) {
        var joint = group == null ? null : new JointNormalization(group, EPSILON, NEW_STATISTICS);
        return new Forward(parameters, true, dropout, buffers, joint);
    }

    /** Lets go of what lies between input and output at once; what the gradients need of it, the library keeps. */
    Tensor run(Tensor input, List<Layer> layers) {
        var x = input;
        for (var layer : training ? poolingFirst(layers) : layers) {
            var next = run(x, layer);
            if (!x.equals(input) && !x.equals(next)) {
                x.close();
            }
            x = next;
        }
        return x;
    }

    /**
     * The same layers, with max pools before the ReLUs that they follow. The values and the gradients are the same, since
     * both only choose, but there is less to rectify. No tap is read in training.
     */
    private static List<Layer> poolingFirst(List<Layer> layers) {
        var ordered = new ArrayList<>(layers);
        for (var i = 0; i + 1 < ordered.size(); i++) {
            if (ordered.get(i) instanceof Layer.Relu && ordered.get(i + 1) instanceof Layer.MaxPool2d) {
                Collections.swap(ordered, i, i + 1);
            }
        }
        return ordered;
    }

    Tensor run(Tensor x, Layer layer) {
        if (layer instanceof Layer.FixedConv2d conv) {
            return fixed(x, conv);
        }
        if (layer instanceof Layer.Conv2d conv) {
            return convolve(x, conv.name(), conv.bias(), conv.stride(), conv.padding());
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(x, norm);
        }
        if (layer instanceof Layer.Relu) {
            return torch.relu(x);
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return torch.max_pool2d(
                    x, square(pool.kernel()), square(pool.stride()), square(pool.padding()), square(1), false);
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            return torch.avg_pool2d(
                    x,
                    square(pool.kernel()),
                    square(pool.stride()),
                    square(pool.padding()),
                    false,
                    true,
                    new LongOptional());
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return x.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
        }
        if (layer instanceof Layer.Flatten) {
            return x.reshape(x.size(0), -1);
        }
        if (layer instanceof Layer.Dropout drop) {
            return training && drop.probability() > 0 ? drop(x, drop) : x;
        }
        if (layer instanceof Layer.Linear linear) {
            return linear(x, linear.name());
        }
        if (layer instanceof Layer.Residual residual) {
            return add(x, residual);
        }
        throw new IllegalStateException("no such layer: " + layer);
    }

    /** Takes {@code [B, n]}, or {@code [B, C, H, W]} as {@code [B, C * H * W]}. */
    Tensor linear(Tensor x, String name) {
        var rows = x.dim() == 2 ? x : x.reshape(x.size(0), -1);
        return torch.linear(rows, parameters.value(name + ".weight"), optional(name + ".bias"));
    }

    private Tensor add(Tensor x, Layer.Residual residual) {
        var main = run(x, residual.main());
        var shortcut = run(x, residual.shortcut());
        var sum = main.add(shortcut);
        for (var branch : List.of(main, shortcut)) {
            if (!branch.equals(x)) {
                branch.close();
            }
        }
        return sum;
    }

    private Tensor fixed(Tensor x, Layer.FixedConv2d conv) {
        if (conv.edge() == Layer.Padding.REPLICATE && conv.padding() > 0) {
            var margin = conv.padding();
            var wide = torch.replication_pad2d(x, margin, margin, margin, margin);
            return convolve(wide, conv.name(), true, 1, 0);
        }
        return convolve(x, conv.name(), true, 1, conv.padding());
    }

    private Tensor convolve(Tensor x, String name, boolean bias, int stride, int padding) {
        return torch.conv2d(
                x,
                parameters.value(name + ".weight"),
                bias ? optional(name + ".bias") : new TensorOptional(),
                square(stride),
                square(padding),
                square(1),
                1);
    }

    private Tensor normalize(Tensor x, Layer.BatchNorm2d norm) {
        if (training) {
            parameters.count(norm.name() + ".num_batches_tracked");
        }
        if (joint != null) {
            return joint.normalize(
                    x,
                    new JointNormalization.Layer(
                            parameters.value(norm.name() + ".weight"),
                            parameters.value(norm.name() + ".bias"),
                            parameters.value(norm.name() + ".running_mean"),
                            parameters.value(norm.name() + ".running_var")));
        }
        return torch.batch_norm(
                x,
                optional(norm.name() + ".weight"),
                optional(norm.name() + ".bias"),
                optional(norm.name() + ".running_mean"),
                optional(norm.name() + ".running_var"),
                training,
                NEW_STATISTICS,
                EPSILON,
                true);
    }

    private Tensor drop(Tensor x, Layer.Dropout drop) {
        var samples = (int) x.size(0);
        var units = (int) (x.numel() / samples);
        var bytes = buffers.next(samples, units);
        dropout.mask(drop.name(), drop.probability(), samples, units, bytes.asFloatBuffer());
        var mask = torch.from_blob(
                new FloatPointer(bytes.asFloatBuffer()), x.sizes().vec().get());
        return x.mul(mask.to(x.device(), mask.scalar_type())).to(x.scalar_type()); // rounded once
    }

    private TensorOptional optional(String name) {
        return new TensorOptional(parameters.value(name));
    }

    private static long[] square(int side) {
        return new long[] {side, side};
    }
}
