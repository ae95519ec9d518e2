package io.uad.testkit.contract;

import io.uad.api.NamedTensors;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network written out in loops and doubles, to compare an engine with; its running statistics move as PyTorch's do. */
public final class PlainNetwork {
    private final Map<String, double[]> parameters = new LinkedHashMap<>();
    private final Network network;

    /**
     * What some samples hold at some place.
     *
     * @param values {@code [B, C, H, W]}
     */
    public record Maps(int samples, int channels, int height, int width, double[] values) {
        double at(int sample, int channel, int y, int x) {
            return values[((sample * channels + channel) * height + y) * width + x];
        }

        boolean has(int y, int x) {
            return y >= 0 && y < height && x >= 0 && x < width;
        }

        Maps with(double[] others) {
            return new Maps(samples, channels, height, width, others);
        }
    }

    /**
     * A network in that state.
     *
     * @param state every parameter and statistic; copied
     */
    public PlainNetwork(Network network, NamedTensors state) {
        this.network = network;
        state.asMap().forEach((name, tensor) -> {
            if (tensor.values() instanceof float[] floats) {
                parameters.put(name, doubles(floats));
            }
        });
    }

    /** The same numbers as doubles. */
    public static double[] doubles(float[] floats) {
        var values = new double[floats.length];
        Arrays.setAll(values, i -> floats[i]);
        return values;
    }

    /** The values themselves, to be changed in place. */
    public double[] parameter(String name) {
        var values = parameters.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return values;
    }

    /** The activation at a tap in evaluation. */
    public Maps evaluate(Maps input, String tap) {
        return run(input, network.layers().subList(0, network.position(tap)), null);
    }

    /** The mean cross-entropy in training. */
    public double loss(Maps input, int[] labels) {
        var ones = new float[labels.length];
        Arrays.fill(ones, 1);
        return loss(input, labels, ones, DropoutSeed.NONE);
    }

    /** {@code mean_i(weight_i * crossEntropy_i)} in training. */
    public double loss(Maps input, int[] labels, float[] weights, DropoutSeed dropout) {
        var loss = 0.0;
        var logits = logits(run(input, network.layers(), dropout));
        for (var sample = 0; sample < labels.length; sample++) {
            var sum = Arrays.stream(logits[sample]).map(Math::exp).sum();
            loss += weights[sample] * (Math.log(sum) - logits[sample][labels[sample]]) / labels.length;
        }
        return loss;
    }

    private double[][] logits(Maps features) {
        var weight = parameter(network.head() + ".weight");
        var bias = parameter(network.head() + ".bias");
        var outputs = PlainLayers.linear(features, weight, bias).values();
        var logits = new double[features.samples][];
        Arrays.setAll(logits, sample -> Arrays.copyOfRange(outputs, sample * bias.length, (sample + 1) * bias.length));
        return logits;
    }

    /** In training if there is a dropout. */
    private Maps run(Maps input, List<Layer> layers, @Nullable DropoutSeed dropout) {
        var x = input;
        for (var layer : layers) {
            x = run(x, layer, dropout);
        }
        return x;
    }

    private Maps run(Maps in, Layer layer, @Nullable DropoutSeed dropout) {
        if (layer instanceof Layer.FixedConv2d conv) {
            var window = new PlainLayers.Window(conv.kernel(), 1, conv.padding());
            var replicated = conv.edge() == Layer.Padding.REPLICATE;
            return PlainLayers.convolve(in, weight(conv.name()), bias(conv.name(), conv.out()), window, replicated);
        }
        if (layer instanceof Layer.Conv2d conv) {
            var window = new PlainLayers.Window(conv.kernel(), conv.stride(), conv.padding());
            var bias = conv.bias() ? bias(conv.name(), conv.out()) : new double[conv.out()];
            return PlainLayers.convolve(in, weight(conv.name()), bias, window, false);
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(in, norm.name(), dropout != null);
        }
        if (layer instanceof Layer.Relu) {
            return in.with(
                    Arrays.stream(in.values).map(value -> Math.max(value, 0)).toArray());
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return PlainLayers.maxPool(in, new PlainLayers.Window(pool.kernel(), pool.stride(), pool.padding()));
        }
        if (layer instanceof Layer.AvgPool2d pool) {
            return PlainLayers.avgPool(in, new PlainLayers.Window(pool.kernel(), pool.stride(), pool.padding()));
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            return PlainLayers.globalAvgPool(in);
        }
        if (layer instanceof Layer.Flatten) {
            return new Maps(in.samples, in.channels * in.height * in.width, 1, 1, in.values);
        }
        if (layer instanceof Layer.Dropout drop) {
            return dropout == null ? in : dropped(in, drop, dropout);
        }
        if (layer instanceof Layer.Linear linear) {
            return PlainLayers.linear(in, weight(linear.name()), bias(linear.name(), linear.out()));
        }
        if (layer instanceof Layer.Residual residual) {
            var main = run(in, residual.main(), dropout);
            var shortcut = run(in, residual.shortcut(), dropout);
            var sum = main.values.clone();
            Arrays.setAll(sum, i -> sum[i] + shortcut.values[i]);
            return main.with(sum);
        }
        throw new IllegalArgumentException("no such layer: " + layer);
    }

    private static Maps dropped(Maps in, Layer.Dropout layer, DropoutSeed dropout) {
        var mask = new float[in.values.length];
        var units = in.channels * in.height * in.width;
        dropout.mask(layer.name(), layer.probability(), in.samples, units, FloatBuffer.wrap(mask));
        var values = in.values.clone();
        Arrays.setAll(values, i -> values[i] * mask[i]);
        return in.with(values);
    }

    private Maps normalize(Maps in, String name, boolean training) {
        var count = in.samples * in.height * in.width;
        var gamma = parameter(name + ".weight");
        var beta = parameter(name + ".bias");
        var runningMean = parameter(name + ".running_mean");
        var runningVariance = parameter(name + ".running_var");
        var values = new double[in.values.length];
        for (var channel = 0; channel < in.channels; channel++) {
            var mean = runningMean[channel];
            var variance = runningVariance[channel];
            if (training) {
                mean = 0;
                variance = 0;
                for (var i = 0; i < count; i++) {
                    mean += in.values[index(in, i, channel)] / count;
                }
                for (var i = 0; i < count; i++) {
                    variance += Math.pow(in.values[index(in, i, channel)] - mean, 2) / count;
                }
                runningMean[channel] = 0.9 * runningMean[channel] + 0.1 * mean;
                runningVariance[channel] = 0.9 * runningVariance[channel] + 0.1 * variance * count / (count - 1);
            }
            for (var i = 0; i < count; i++) {
                var at = index(in, i, channel);
                values[at] = (in.values[at] - mean) / Math.sqrt(variance + 1e-5) * gamma[channel] + beta[channel];
            }
        }
        return in.with(values);
    }

    /** Where the {@code i}-th value of a channel lies, over all samples. */
    private static int index(Maps maps, int i, int channel) {
        var plane = maps.height * maps.width;
        return (i / plane * maps.channels + channel) * plane + i % plane;
    }

    private double[] weight(String layer) {
        return parameter(layer + ".weight");
    }

    private double[] bias(String layer, int out) {
        var bias = parameter(layer + ".bias");
        if (bias.length != out) {
            throw new IllegalArgumentException(layer + " has " + bias.length + " biases for " + out + " outputs");
        }
        return bias;
    }
}
