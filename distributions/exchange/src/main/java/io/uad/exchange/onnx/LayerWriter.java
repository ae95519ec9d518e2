package io.uad.exchange.onnx;

import static io.uad.exchange.onnx.OnnxGraph.fraction;
import static io.uad.exchange.onnx.OnnxGraph.number;
import static io.uad.exchange.onnx.OnnxGraph.numbers;
import static io.uad.exchange.onnx.OnnxGraph.word;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.backbone.Layer;
import java.util.ArrayList;
import java.util.List;

/** Adds layers to a graph as they are in evaluation mode: running statistics, no dropout. */
final class LayerWriter {
    private final OnnxGraph graph;
    private final NamedTensors weights;

    LayerWriter(OnnxGraph graph, NamedTensors weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /**
     * Adds layers in order.
     *
     * @param input the name of what comes in
     * @return the name of what comes out
     */
    String add(List<Layer> layers, String input) {
        var at = input;
        for (var layer : layers) {
            at = add(layer, at);
        }
        return at;
    }

    private String add(Layer layer, String input) {
        if (layer instanceof Layer.FixedConv2d conv) {
            return fixed(conv, input);
        }
        if (layer instanceof Layer.Conv2d conv) {
            var inputs = new ArrayList<>(List.of(input, parameter(conv.name() + ".weight")));
            if (conv.bias()) {
                inputs.add(parameter(conv.name() + ".bias"));
            }
            return graph.node("Conv", inputs, window(conv.kernel(), conv.stride(), conv.padding()));
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            var inputs = List.of(
                    input,
                    parameter(norm.name() + ".weight"),
                    parameter(norm.name() + ".bias"),
                    parameter(norm.name() + ".running_mean"),
                    parameter(norm.name() + ".running_var"));
            return graph.node("BatchNormalization", inputs, fraction("epsilon", 1e-5f));
        }
        if (layer instanceof Layer.Relu) {
            return graph.node("Relu", List.of(input));
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return graph.node("MaxPool", List.of(input), window(pool.kernel(), pool.stride(), pool.padding()));
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            var attributes = new ArrayList<>(List.of(window(pool.kernel(), pool.stride(), pool.padding())));
            attributes.add(number("count_include_pad", 1));
            return graph.node("AveragePool", List.of(input), attributes.toArray(AttributeProto[]::new));
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return graph.node("GlobalAveragePool", List.of(input));
        }
        if (layer instanceof Layer.Flatten) {
            return graph.node("Flatten", List.of(input), number("axis", 1));
        }
        if (layer instanceof Layer.Linear linear) {
            return linear(linear, input);
        }
        if (layer instanceof Layer.Residual residual) {
            var main = add(residual.main(), input);
            return graph.node("Add", List.of(main, add(residual.shortcut(), input)));
        }
        if (layer instanceof Layer.Dropout) {
            return input;
        }
        throw new IllegalStateException("no such layer: " + layer);
    }

    /** Padding with copies of the border needs a node of its own. */
    private String fixed(Layer.FixedConv2d conv, String input) {
        var replicate = conv.edge() == Layer.Padding.REPLICATE && conv.padding() > 0;
        var padded = input;
        if (replicate) {
            var pad = (long) conv.padding();
            var pads = Tensor.of(new long[] {0, 0, pad, pad, 0, 0, pad, pad}, 8);
            var name = graph.initializer(conv.name() + ".pads", pads);
            padded = graph.node("Pad", List.of(input, name), word("mode", "edge"));
        }
        var inputs = List.of(padded, parameter(conv.name() + ".weight"), parameter(conv.name() + ".bias"));
        return graph.node("Conv", inputs, window(conv.kernel(), 1, replicate ? 0 : conv.padding()));
    }

    /** The input may still be a map of one pixel per channel; flattening a vector changes nothing. */
    private String linear(Layer.Linear linear, String input) {
        var flat = graph.node("Flatten", List.of(input), number("axis", 1));
        var inputs = List.of(flat, parameter(linear.name() + ".weight"), parameter(linear.name() + ".bias"));
        return graph.node("Gemm", inputs, number("transB", 1));
    }

    private String parameter(String name) {
        return graph.initializer(name, weights.get(name));
    }

    private static AttributeProto[] window(int kernel, int stride, int padding) {
        return new AttributeProto[] {
            numbers("kernel_shape", kernel, kernel),
            numbers("strides", stride, stride),
            numbers("pads", padding, padding, padding, padding)
        };
    }
}
