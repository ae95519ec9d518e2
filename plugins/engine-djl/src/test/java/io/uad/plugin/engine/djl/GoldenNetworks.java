package io.uad.plugin.engine.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Options;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.plugin.backbone.alexnet.AlexNetOptions;
import io.uad.plugin.backbone.alexnet.AlexNetProvider;
import io.uad.testkit.golden.Golden;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Builds the networks, states and inputs that golden files describe. */
final class GoldenNetworks {
    private GoldenNetworks() {}

    static Network network(JsonNode golden, double dropout) {
        var size = golden.get("size").asInt();
        var sobel = golden.get("sobel").asBoolean();
        if (golden.get("arch").asText().equals("alexnet")) {
            var options = new AlexNetOptions(sobel, Layer.Padding.ZEROS, dropout, 4096, 1);
            return new AlexNetProvider().create(Options.of(options)).network(TensorShape.image(size));
        }
        return vgg16(size, sobel);
    }

    /** Every golden parameter by its stream, Sobel's by definition, the rest 0; the head too. */
    static NamedTensors state(Network network, JsonNode golden) {
        var name = golden.get("name").asText();
        var entries = golden.get("parameters");
        var parameters = new ArrayList<>(network.parameters());
        parameters.addAll(network.headParameters(golden.get("classes").asInt()));
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : parameters) {
            var entry = entries.get(parameter.name());
            if (parameter.role() == Parameter.Role.COUNTER) {
                tensors.put(parameter.name(), Tensor.of(new long[] {0}));
            } else if (entry == null) {
                tensors.put(parameter.name(), new Tensor(parameter.shape(), fixed(network, parameter)));
            } else {
                var values = Golden.generator()
                        .floats(
                                name + "/" + parameter.name(),
                                parameter.size(),
                                entry.get("bound").asDouble(),
                                entry.get("offset").asDouble());
                tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
            }
        }
        return new NamedTensors(tensors);
    }

    /** Generated inputs. */
    static Batch batch(float[] values, TensorShape shape) {
        return new Batch() {
            @Override
            public int size() {
                return values.length / shape.size();
            }

            @Override
            public TensorShape shape() {
                return shape;
            }

            @Override
            public void writeTo(FloatBuffer target) {
                target.put(values);
            }
        };
    }

    private static float[] fixed(Network network, Parameter parameter) {
        var values = new float[parameter.size()];
        for (var layer : network.layers()) {
            if (layer instanceof Layer.FixedConv2d conv && parameter.name().equals(conv.name() + ".weight")) {
                for (var i = 0; i < values.length; i++) {
                    values[i] = conv.weight().get(i);
                }
            }
        }
        return values;
    }

    private static Network vgg16(int size, boolean sobel) {
        var layers = new ArrayList<Layer>();
        var taps = new LinkedHashMap<String, Integer>();
        var channels = 3;
        if (sobel) {
            var front = new AlexNetProvider()
                    .create(Options.of(new AlexNetOptions(true, Layer.Padding.ZEROS, 0, 4096, 1)))
                    .network(TensorShape.image(size));
            layers.addAll(front.layers().subList(0, 2));
            taps.put("sobel", 2);
            channels = 2;
        }
        var index = 0;
        var convs = 0;
        var pools = 0;
        var side = size;
        for (var width : List.of(64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)) {
            if (width == 0) {
                layers.add(new Layer.MaxPool2d(2, 2, 0));
                taps.put("pool" + ++pools, layers.size());
                index++;
                side /= 2;
                continue;
            }
            layers.add(new Layer.Conv2d("features." + index, channels, width, 3, 1, 1, true));
            layers.add(new Layer.BatchNorm2d("features." + (index + 1), width));
            layers.add(new Layer.Relu());
            taps.put("conv" + ++convs, layers.size());
            index += 3;
            channels = width;
        }
        layers.add(new Layer.Flatten());
        layers.add(new Layer.Linear("classifier.0", 512 * side * side, 4096));
        layers.add(new Layer.Relu());
        taps.put("fc6", layers.size());
        layers.add(new Layer.Dropout("classifier.2", 0.5));
        layers.add(new Layer.Linear("classifier.3", 4096, 4096));
        taps.put("fc7", layers.size());
        layers.add(new Layer.Relu());
        return new Network("vgg16", new TensorShape(3, size, size), layers, taps, "top_layer");
    }
}
