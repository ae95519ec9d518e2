package io.uad.plugin.engine.djl;

import io.uad.api.NamedTensors;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network written out in loops and doubles, to compare an engine with; its running statistics move as PyTorch's do. */
final class PlainNetwork {
    /** {@code [B, C, H, W]}. */
    record Maps(int samples, int channels, int height, int width, double[] values) {
        double at(int sample, int channel, int y, int x) {
            return y < 0 || y >= height || x < 0 || x >= width
                    ? 0
                    : values[((sample * channels + channel) * height + y) * width + x];
        }
    }

    private final Map<String, double[]> parameters = new LinkedHashMap<>();
    private final Network network;

    PlainNetwork(Network network, NamedTensors state) {
        this.network = network;
        state.asMap().forEach((name, tensor) -> {
            if (tensor.values() instanceof float[] floats) {
                var values = new double[floats.length];
                Arrays.setAll(values, i -> floats[i]);
                parameters.put(name, values);
            }
        });
    }

    /** The activation at a tap in evaluation. */
    Maps evaluate(Maps input, String tap) {
        return run(input, network.layers().subList(0, network.position(tap)), false);
    }

    /** The mean cross-entropy in training. */
    double loss(Maps input, int[] labels) {
        var features = run(input, network.layers(), true);
        var weight = parameter(network.head() + ".weight");
        var bias = parameter(network.head() + ".bias");
        var columns = features.channels;
        var loss = 0.0;
        for (var sample = 0; sample < labels.length; sample++) {
            var sum = 0.0;
            var own = 0.0;
            for (var k = 0; k < bias.length; k++) {
                var logit = bias[k];
                for (var c = 0; c < columns; c++) {
                    logit += weight[k * columns + c] * features.values[sample * columns + c];
                }
                sum += Math.exp(logit);
                own = k == labels[sample] ? logit : own;
            }
            loss += (Math.log(sum) - own) / labels.length;
        }
        return loss;
    }

    private Maps run(Maps input, List<Layer> layers, boolean training) {
        var x = input;
        for (var layer : layers) {
            x = run(x, layer, training);
        }
        return x;
    }

    private Maps run(Maps in, Layer layer, boolean training) {
        if (layer instanceof Layer.Conv2d conv) {
            return convolve(in, conv);
        }
        if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(in, norm.name(), training);
        }
        if (layer instanceof Layer.Relu) {
            var values =
                    Arrays.stream(in.values).map(value -> Math.max(value, 0)).toArray();
            return new Maps(in.samples, in.channels, in.height, in.width, values);
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            return pool(in, pool);
        }
        if (layer instanceof Layer.GlobalAvgPool2d) {
            var plane = in.height * in.width;
            var means = new double[in.samples * in.channels];
            Arrays.setAll(
                    means,
                    i -> Arrays.stream(in.values, i * plane, (i + 1) * plane)
                            .average()
                            .orElseThrow());
            return new Maps(in.samples, in.channels, 1, 1, means);
        }
        if (layer instanceof Layer.Flatten) {
            return new Maps(in.samples, in.channels * in.height * in.width, 1, 1, in.values);
        }
        if (layer instanceof Layer.Residual residual) {
            var main = run(in, residual.main(), training);
            var shortcut = run(in, residual.shortcut(), training);
            var sum = main.values.clone();
            Arrays.setAll(sum, i -> sum[i] + shortcut.values[i]);
            return new Maps(main.samples, main.channels, main.height, main.width, sum);
        }
        throw new IllegalArgumentException("not needed so far: " + layer);
    }

    private Maps convolve(Maps in, Layer.Conv2d conv) {
        var weight = parameter(conv.name() + ".weight");
        var out = empty(in, conv.out(), conv.kernel(), conv.stride(), conv.padding());
        var at = 0;
        for (var sample = 0; sample < out.samples; sample++) {
            for (var channel = 0; channel < out.channels; channel++) {
                for (var y = 0; y < out.height; y++) {
                    for (var x = 0; x < out.width; x++) {
                        var top = y * conv.stride() - conv.padding();
                        var left = x * conv.stride() - conv.padding();
                        var sum = 0.0;
                        var w = channel * in.channels * conv.kernel() * conv.kernel();
                        for (var c = 0; c < in.channels; c++) {
                            for (var dy = 0; dy < conv.kernel(); dy++) {
                                for (var dx = 0; dx < conv.kernel(); dx++) {
                                    sum += weight[w++] * in.at(sample, c, top + dy, left + dx);
                                }
                            }
                        }
                        out.values[at++] = sum;
                    }
                }
            }
        }
        return out;
    }

    /** Of values that are 0 or more. */
    private static Maps pool(Maps in, Layer.MaxPool2d pool) {
        var out = empty(in, in.channels, pool.kernel(), pool.stride(), pool.padding());
        var at = 0;
        for (var sample = 0; sample < out.samples; sample++) {
            for (var channel = 0; channel < out.channels; channel++) {
                for (var y = 0; y < out.height; y++) {
                    for (var x = 0; x < out.width; x++) {
                        var largest = 0.0;
                        for (var dy = 0; dy < pool.kernel(); dy++) {
                            for (var dx = 0; dx < pool.kernel(); dx++) {
                                var top = y * pool.stride() - pool.padding() + dy;
                                var left = x * pool.stride() - pool.padding() + dx;
                                largest = Math.max(largest, in.at(sample, channel, top, left));
                            }
                        }
                        out.values[at++] = largest;
                    }
                }
            }
        }
        return out;
    }

    private Maps normalize(Maps in, String name, boolean training) {
        var plane = in.height * in.width;
        var count = in.samples * plane;
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
        return new Maps(in.samples, in.channels, in.height, in.width, values);
    }

    /** Where the {@code i}-th value of a channel lies, over all samples. */
    private static int index(Maps maps, int i, int channel) {
        var plane = maps.height * maps.width;
        return (i / plane * maps.channels + channel) * plane + i % plane;
    }

    private static Maps empty(Maps in, int channels, int kernel, int stride, int padding) {
        var height = (in.height + 2 * padding - kernel) / stride + 1;
        var width = (in.width + 2 * padding - kernel) / stride + 1;
        return new Maps(in.samples, channels, height, width, new double[in.samples * channels * height * width]);
    }

    /** The values themselves, to be changed in place. */
    double[] parameter(String name) {
        var values = parameters.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return values;
    }
}
