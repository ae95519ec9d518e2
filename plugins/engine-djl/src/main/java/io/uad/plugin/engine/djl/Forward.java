package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.TapSelection;
import io.uad.plugin.engine.common.LayerPass;
import io.uad.plugin.engine.common.Parameters;
import io.uad.plugin.engine.common.StepBuffers;
import java.util.Objects;

/**
 * Runs layers as functional operations. Every operation starts from an array of the step, so that its result belongs to the
 * step's manager.
 */
final class Forward extends LayerPass<NDArray> {
    private static final float EPSILON = 1e-5f;
    private static final float KEPT_STATISTICS = 0.9f; // DJL's momentum is 1 - PyTorch's

    private final Parameters<NDArray> parameters;
    private final boolean training;
    private final DropoutSeed dropout;
    private final StepBuffers buffers;
    private boolean isChannelsLast;
    private boolean hasPassedTrained; // then gradients pass through the layers that follow

    private Forward(Parameters<NDArray> parameters, boolean training, DropoutSeed dropout, StepBuffers buffers) {
        super(training);
        this.parameters = parameters;
        this.training = training;
        this.dropout = dropout;
        this.buffers = buffers;
    }

    static Forward evaluating(Parameters<NDArray> parameters) {
        return new Forward(parameters, false, DropoutSeed.NONE, new StepBuffers(Native.ENGINE));
    }

    /** @param buffers of the step, for the dropout masks */
    static Forward training(Parameters<NDArray> parameters, DropoutSeed dropout, StepBuffers buffers) {
        return new Forward(parameters, true, dropout, buffers);
    }

    @Override
    protected NDArray convolve(NDArray x, Layer.Conv2d conv) {
        var bias = conv.bias() ? parameters.value(conv.name() + ".bias") : null;
        var weight = parameters.value(conv.name() + ".weight");
        if (isOfPixels(conv) && !x.getDevice().isGpu()) {
            hasPassedTrained = training;
            var y = Convolution.ofPixels(asItIsFast(x), weight, bias, conv.stride());
            return training ? channelsFirst(y) : y;
        }
        var y = Convolution.of(asItIsFast(x), weight, bias, conv.stride(), conv.padding(), hasPassedTrained);
        hasPassedTrained = training;
        return y;
    }

    @Override
    protected NDArray rectify(NDArray x) {
        return Activation.relu(x);
    }

    @Override
    protected NDArray largest(NDArray x, Layer.MaxPool2d pool) {
        return Pool.maxPool2d(x, square(pool.kernel()), square(pool.stride()), square(pool.padding()), false);
    }

    @Override
    protected NDArray mean(NDArray x, Layer.AvgPool2d pool) {
        return Pool.avgPool2d(x, square(pool.kernel()), square(pool.stride()), square(pool.padding()), false, true);
    }

    @Override
    protected NDArray mean(NDArray x) {
        return Pool.globalAvgPool2d(x).reshape(x.getShape().get(0), x.getShape().get(1), 1, 1);
    }

    @Override
    protected NDArray flatten(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }

    @Override
    protected NDArray sum(NDArray one, NDArray other) {
        return one.add(other);
    }

    @Override
    protected void close(NDArray array) {
        array.close();
    }

    private static boolean isOfPixels(Layer.Conv2d conv) {
        return conv.kernel() == 1 && conv.padding() == 0;
    }

    @Override
    public NDArray linear(NDArray x, String name) {
        var rows = x.getShape().dimension() == 2 ? x : x.reshape(x.getShape().get(0), -1);
        return Linear.linear(rows, parameters.value(name + ".weight"), parameters.value(name + ".bias"))
                .singletonOrThrow();
    }

    @Override
    protected NDArray fixed(NDArray x, Layer.FixedConv2d conv) {
        var weight = parameters.value(conv.name() + ".weight");
        var bias = parameters.value(conv.name() + ".bias");
        if (conv.edge() == Layer.Padding.REPLICATE && conv.padding() > 0) {
            return Convolution.of(
                    replicate(replicate(x, 2, conv.padding()), 3, conv.padding()),
                    weight,
                    bias,
                    1,
                    0,
                    hasPassedTrained);
        }
        return Convolution.of(x, weight, bias, 1, conv.padding(), hasPassedTrained);
    }

    /** Repeats the first and the last slice of an axis. */
    private static NDArray replicate(NDArray x, int axis, int times) {
        var size = x.getShape().get(axis);
        var at = axis == 2 ? "{}:{}" : ":,{}:{}";
        var first = x.get(":,:," + at, 0, 1).repeat(axis, times);
        var last = x.get(":,:," + at, size - 1, size).repeat(axis, times);
        return first.concat(x, axis).concat(last, axis);
    }

    /**
     * In evaluation, the same array with its channels next to each other in memory. The library keeps that order from one
     * layer to the next, pools in vectors of channels and reorders nothing for a convolution. Training would lose in the
     * gradients by the weights what it gains elsewhere.
     */
    private NDArray asItIsFast(NDArray x) {
        if (training || isChannelsLast) {
            return x;
        }
        isChannelsLast = true;
        return channelsLast(x);
    }

    /** The same array, as PyTorch's channels-last memory format has it. */
    static NDArray channelsLast(NDArray x) {
        var last = x.transpose(0, 2, 3, 1);
        return last.reshape(x.size()).reshape(last.getShape()).transpose(0, 3, 1, 2);
    }

    /** The same array in the order of its axes; the given one is closed. */
    private static NDArray channelsFirst(NDArray x) {
        try (x;
                var values = x.reshape(x.size())) {
            return values.reshape(x.getShape());
        }
    }

    @Override
    protected NDArray normalize(NDArray x, Layer.BatchNorm2d norm) {
        if (training) {
            parameters.count(norm.name() + ".num_batches_tracked");
            hasPassedTrained = true;
        }
        return BatchNorm.batchNorm(
                        x,
                        parameters.value(norm.name() + ".running_mean"),
                        parameters.value(norm.name() + ".running_var"),
                        parameters.value(norm.name() + ".weight"),
                        parameters.value(norm.name() + ".bias"),
                        1,
                        KEPT_STATISTICS,
                        EPSILON,
                        training)
                .singletonOrThrow();
    }

    @Override
    protected NDArray drop(NDArray x, Layer.Dropout drop) {
        var samples = (int) x.getShape().get(0);
        var units = (int) (x.size() / samples);
        var bytes = buffers.next(samples, units);
        dropout.mask(drop.name(), drop.probability(), samples, units, bytes.asFloatBuffer());
        var mask = x.getManager().create(bytes, x.getShape(), DataType.FLOAT32);
        return x.mul(mask);
    }

    @Override
    protected io.uad.api.engine.Activation activation(NDArray x, TapSelection selection) {
        var sides = x.getShape().getShape();
        var chosen = x;
        if (!selection.channels().isEmpty()) {
            selection.channels().forEach(channel -> Objects.checkIndex(channel, (int) sides[1]));
            var channels =
                    selection.channels().stream().mapToLong(Integer::longValue).toArray();
            var index = new NDIndex(":,{}", x.getManager().create(channels));
            chosen = x.get(index);
        }
        var width = (int) chosen.getShape().get(1);
        var shape =
                sides.length == 2 ? TensorShape.vector(width) : new TensorShape(width, (int) sides[2], (int) sides[3]);
        return new io.uad.api.engine.Activation(selection.tap(), (int) sides[0], shape, Transfer.read(chosen));
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }
}
