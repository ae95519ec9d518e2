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
import io.uad.plugin.backbone.vgg16.Vgg16Options;
import io.uad.plugin.backbone.vgg16.Vgg16Provider;
import io.uad.testkit.golden.Golden;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;

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
        var options = new Vgg16Options(sobel, Layer.Padding.ZEROS, dropout, 4096, 1);
        return new Vgg16Provider().create(Options.of(options)).network(TensorShape.image(size));
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
}
