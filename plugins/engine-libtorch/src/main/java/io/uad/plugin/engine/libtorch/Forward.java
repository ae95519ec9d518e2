package io.uad.plugin.engine.libtorch;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.TapSelection;
import io.uad.plugin.engine.common.LayerPass;
import io.uad.plugin.engine.common.Parameters;
import io.uad.plugin.engine.common.StepBuffers;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Runs layers as functional operations. */
final class Forward extends LayerPass<Tensor> {
    /** Added to variances. */
    static final double EPSILON = 1e-5;

    /** The share of a batch in the running statistics. */
    static final double NEW_STATISTICS = 0.1;

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
        super(training);
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
     * @param joint normalises batches together with other processes; null to normalise this process's alone
     */
    static Forward training(
            Parameters<Tensor> parameters,
            DropoutSeed dropout,
            StepBuffers buffers,
            @Nullable JointNormalization joint) {
        return new Forward(parameters, true, dropout, buffers, joint);
    }

    @Override
    protected Tensor convolve(Tensor x, Layer.Conv2d conv) {
        return convolve(x, conv.name(), conv.bias(), conv.stride(), conv.padding());
    }

    @Override
    protected Tensor rectify(Tensor x) {
        return torch.relu(x);
    }

    @Override
    protected Tensor largest(Tensor x, Layer.MaxPool2d pool) {
        return torch.max_pool2d(
                x, square(pool.kernel()), square(pool.stride()), square(pool.padding()), square(1), false);
    }

    @Override
    protected Tensor mean(Tensor x, Layer.AvgPool2d pool) {
        return torch.avg_pool2d(
                x,
                square(pool.kernel()),
                square(pool.stride()),
                square(pool.padding()),
                false,
                true,
                new LongOptional());
    }

    @Override
    protected Tensor mean(Tensor x) {
        return x.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
    }

    @Override
    protected Tensor flatten(Tensor x) {
        return x.reshape(x.size(0), -1);
    }

    @Override
    protected Tensor sum(Tensor one, Tensor other) {
        return one.add(other);
    }

    @Override
    protected void close(Tensor tensor) {
        tensor.close();
    }

    @Override
    public Tensor linear(Tensor x, String name) {
        var rows = x.dim() == 2 ? x : x.reshape(x.size(0), -1);
        return torch.linear(rows, parameters.value(name + ".weight"), optional(name + ".bias"));
    }

    @Override
    protected Tensor fixed(Tensor x, Layer.FixedConv2d conv) {
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

    @Override
    protected Tensor normalize(Tensor x, Layer.BatchNorm2d norm) {
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

    @Override
    protected Tensor drop(Tensor x, Layer.Dropout drop) {
        var samples = (int) x.size(0);
        var units = (int) (x.numel() / samples);
        var bytes = buffers.next(samples, units);
        dropout.mask(drop.name(), drop.probability(), samples, units, bytes.asFloatBuffer());
        var mask = torch.from_blob(
                new FloatPointer(bytes.asFloatBuffer()), x.sizes().vec().get());
        return x.mul(mask.to(x.device(), mask.scalar_type())).to(x.scalar_type()); // rounded once
    }

    @Override
    protected Activation activation(Tensor x, TapSelection selection) {
        var chosen = x;
        if (!selection.channels().isEmpty()) {
            selection.channels().forEach(channel -> Objects.checkIndex(channel, (int) x.size(1)));
            var channels =
                    selection.channels().stream().mapToLong(Integer::longValue).toArray();
            chosen = x.index_select(1, Transfer.of(channels).to(x.device(), ScalarType.Long));
        }
        var width = (int) chosen.size(1);
        var shape = x.dim() == 2 ? TensorShape.vector(width) : new TensorShape(width, (int) x.size(2), (int) x.size(3));
        return new Activation(selection.tap(), (int) x.size(0), shape, Transfer.read(chosen));
    }

    private TensorOptional optional(String name) {
        return new TensorOptional(parameters.value(name));
    }

    private static long[] square(int side) {
        return new long[] {side, side};
    }
}
