package io.uad.exchange;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import io.uad.api.engine.Engine;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.config.ComponentConfig;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Small networks with weights, and what computes them. */
public final class Networks {
    public static final PluginRegistry REGISTRY = PluginRegistry.load(Networks.class.getClassLoader());
    public static final ConfigReader READER = new ConfigReader(REGISTRY, PresetSource.installed());

    private Networks() {}

    /** A narrow AlexNet. */
    public static Network alexNet(boolean sobel, int side) {
        return config(sobel, "zeros", side).create(Backbone.class).network(TensorShape.image(side));
    }

    public static Network replicatingAlexNet(int side) {
        return config(true, "replicate", side).create(Backbone.class).network(TensorShape.image(side));
    }

    private static ComponentConfig config(boolean sobel, String padding, int side) {
        return READER.read(List.of(ConfigLayer.assignments(
                        "test",
                        List.of(
                                "dataset.path=.",
                                "image.size=" + side,
                                "backbone.width=0.125",
                                "backbone.hidden=16",
                                "backbone.sobel=" + sobel,
                                "backbone.sobel-padding=" + padding))))
                .backbone();
    }

    /** First weights, with running statistics and biases that are not 0 or 1, and a head if it has classes. */
    public static NamedTensors state(Network network, int classes) {
        var state = new LinkedHashMap<String, Tensor>(
                Initialization.of(network, new Seed(3)).asMap());
        var parameters = new ArrayList<>(network.parameters());
        if (classes > 0) {
            parameters.addAll(network.headParameters(classes));
        }
        for (var parameter : parameters) {
            var seed = new Seed(4).derive(parameter.name());
            if (parameter.role() == Parameter.Role.CONSTANT || parameter.role() == Parameter.Role.STATISTIC) {
                state.put(parameter.name(), tensor(parameter, seed, parameter.initial(), 0.3));
            } else if (parameter.name().startsWith(network.head())) {
                state.put(parameter.name(), tensor(parameter, seed, 0, 1));
            }
        }
        return new NamedTensors(state);
    }

    /** Values in offset +- bound. */
    private static Tensor tensor(Parameter parameter, Seed seed, double offset, double bound) {
        var values = new float[parameter.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (offset + bound * Math.tanh(seed.gaussian(i)));
        }
        return new Tensor(parameter.shape(), values);
    }

    public static Engine engine() {
        return READER.read(List.of(ConfigLayer.assignments(
                        "test", List.of("dataset.path=.", "engine.device=cpu", "engine.threads=1"))))
                .engine()
                .create(Engine.class);
    }

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
}
