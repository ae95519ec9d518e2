package io.uad.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Makes the states and inputs that golden files describe. */
public final class GoldenNetworks {
    private GoldenNetworks() {}

    /** Every golden parameter by its stream, Sobel's by definition, the rest 0; the head too. */
    public static NamedTensors state(Network network, JsonNode golden) {
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
    public static Batch batch(float[] values, TensorShape shape) {
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
