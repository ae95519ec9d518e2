package ${package};

import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns layers into nodes: one case for each kind of layer. */
record LayerCompiler(${className}State state, Workers workers) {
    /** @throws UadException of kind CONFIG if one of the layers cannot be compiled */
    Chain chain(List<Layer> layers) {
        return new Chain(layers.stream().map(this::node).toList());
    }

    private Node node(Layer layer) {
        if (layer instanceof Layer.FixedConv2d conv) {
            return new Convolution(
                    input -> Window.of(input, conv.kernel(), 1, conv.padding(), conv.edge()),
                    weight(conv.name()),
                    Optional.of(bias(conv.name())),
                    workers);
        }
        if (layer instanceof Layer.Conv2d conv) {
            return new Convolution(
                    windows(conv.kernel(), conv.stride(), conv.padding()),
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
            return new MaxPool(windows(pool.kernel(), pool.stride(), pool.padding()), workers);
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            return new AveragePool(windows(pool.kernel(), pool.stride(), pool.padding()), workers);
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return new AveragePool(Window::whole, workers);
        }
        if (layer instanceof Layer.Flatten) {
            return Pointwise::flatten;
        }
        if (layer instanceof Layer.Dropout dropout) {
            return (input, mode) -> Pointwise.drop(dropout, input, mode);
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
                "an engine for the same version of UAD as the backbone",
                "Choose another engine or another backbone");
    }

    private static Function<TensorShape, Window> windows(int kernel, int stride, int padding) {
        return input -> Window.of(input, kernel, stride, padding, Layer.Padding.ZEROS);
    }

    private Variable weight(String layer) {
        return state.variable(layer + ".weight");
    }

    private Variable bias(String layer) {
        return state.variable(layer + ".bias");
    }
}
