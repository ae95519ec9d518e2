package io.uad.plugin.engine.dl4j;

import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import java.util.List;
import java.util.Optional;

/** Turns layers into nodes: one case for each kind of layer. */
record LayerCompiler(Dl4jState state, Workers workers) {
    /** @throws UadException of kind CONFIG if one of the layers cannot be compiled */
    Chain chain(List<Layer> layers) {
        return new Chain(layers.stream().map(this::node).toList());
    }

    private Node node(Layer layer) {
        if (layer instanceof Layer.FixedConv2d conv) {
            return fixed(conv);
        }
        if (layer instanceof Layer.Conv2d conv) {
            return new Convolution(
                    conv.kernel(),
                    conv.stride(),
                    conv.padding(),
                    weight(conv.name()),
                    conv.bias() ? Optional.of(bias(conv.name())) : Optional.empty(),
                    workers);
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            return new BatchNorm(
                    weight(norm.name()),
                    bias(norm.name()),
                    state.variable(norm.name() + ".running_mean"),
                    state.variable(norm.name() + ".running_var"),
                    state.variable(norm.name() + ".num_batches_tracked"),
                    workers);
        }
        if (layer instanceof Layer.Relu) {
            return Pointwise::rectify;
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return new Pool(Pool.Operation.LARGEST, pool.kernel(), pool.stride(), pool.padding());
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            return new Pool(Pool.Operation.MEAN, pool.kernel(), pool.stride(), pool.padding());
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return new GlobalMean(workers);
        }
        if (layer instanceof Layer.Flatten) {
            return (input, mode) -> Pointwise.flatten(input, workers);
        }
        if (layer instanceof Layer.Dropout dropout) {
            return (input, mode) -> Pointwise.drop(dropout, input, mode, workers);
        }
        if (layer instanceof Layer.Linear linear) {
            return new Linear(weight(linear.name()), bias(linear.name()), workers);
        }
        if (layer instanceof Layer.Residual residual) {
            return new Residual(chain(residual.main()), chain(residual.shortcut()));
        }
        throw UadException.config(
                "this engine does not know the layer " + layer,
                "engine.plugin",
                "an engine of the same age as the backbone",
                "Choose another engine or another backbone");
    }

    private Node fixed(Layer.FixedConv2d layer) {
        var repeats = layer.edge() == Layer.Padding.REPLICATE && layer.padding() > 0;
        var convolution = new Convolution(
                layer.kernel(),
                1,
                repeats ? 0 : layer.padding(),
                weight(layer.name()),
                Optional.of(bias(layer.name())),
                workers);
        return repeats ? new Chain(List.of(new RepeatedEdge(layer.padding(), workers), convolution)) : convolution;
    }

    private Variable weight(String layer) {
        return state.variable(layer + ".weight");
    }

    private Variable bias(String layer) {
        return state.variable(layer + ".bias");
    }
}
