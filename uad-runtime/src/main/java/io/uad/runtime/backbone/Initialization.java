package io.uad.runtime.backbone;

import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** First weights as a function of the run's seed: value {@code i} of a parameter depends on (seed, name, i) alone. */
public final class Initialization {
    private Initialization() {}

    /** The whole state of a network without its head. */
    public static NamedTensors of(Network network, Seed run) {
        var fixed = new LinkedHashMap<String, List<Float>>();
        collectFixed(network.layers(), fixed);
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            tensors.put(parameter.name(), first(parameter, run, fixed));
        }
        return new NamedTensors(tensors);
    }

    /** The parameters that are given and never trained, such as Sobel's. */
    public static NamedTensors fixed(Network network) {
        var weights = new LinkedHashMap<String, List<Float>>();
        collectFixed(network.layers(), weights);
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var parameter : network.parameters()) {
            if (parameter.role() == Parameter.Role.FIXED) {
                tensors.put(parameter.name(), new Tensor(parameter.shape(), given(parameter, weights)));
            }
        }
        return new NamedTensors(tensors);
    }

    /** The weight of a fresh head, N(0, 0.01); its bias is 0. */
    public static float[] headWeight(Network network, int classes, Seed seed) {
        return normal(network.headParameters(classes).get(0), seed);
    }

    private static Tensor first(Parameter parameter, Seed run, Map<String, List<Float>> fixed) {
        var values = switch (parameter.role()) {
            case NORMAL -> normal(parameter, run.derive("initialization"));
            case CONSTANT, STATISTIC -> constant(parameter);
            case FIXED -> given(parameter, fixed);
            case COUNTER -> new long[] {0};
        };
        return new Tensor(parameter.shape(), values);
    }

    private static float[] normal(Parameter parameter, Seed seed) {
        var own = seed.derive(parameter.name());
        var values = new float[parameter.size()];
        IntStream.range(0, values.length)
                .parallel()
                .forEach(i -> values[i] = (float) (parameter.initial() * own.gaussian(i)));
        return values;
    }

    private static float[] constant(Parameter parameter) {
        var values = new float[parameter.size()];
        Arrays.fill(values, (float) parameter.initial());
        return values;
    }

    private static float[] given(Parameter parameter, Map<String, List<Float>> fixed) {
        var values = new float[parameter.size()];
        var weight = fixed.get(parameter.name()); // a fixed bias is 0
        if (weight != null) {
            for (var i = 0; i < values.length; i++) {
                values[i] = weight.get(i);
            }
        }
        return values;
    }

    private static void collectFixed(List<Layer> layers, Map<String, List<Float>> into) {
        for (var layer : layers) {
            if (layer instanceof Layer.FixedConv2d conv) {
                into.put(conv.name() + ".weight", conv.weight());
            } else if (layer instanceof Layer.Residual residual) {
                collectFixed(residual.main(), into);
                collectFixed(residual.shortcut(), into);
            }
        }
    }
}
