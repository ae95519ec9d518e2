package io.uad.testkit.contract;

import io.uad.testkit.contract.PlainNetwork.Maps;
import java.util.Arrays;

/** Layers in loops and doubles. */
final class PlainLayers {
    private PlainLayers() {}

    /** A square that moves over maps. */
    record Window(int kernel, int stride, int padding) {
        int outputs(int side) {
            return (side + 2 * padding - kernel) / stride + 1;
        }

        int first(int output) {
            return output * stride - padding;
        }
    }

    /** One value of an output map. */
    @FunctionalInterface
    private interface Cell {
        /** @param top and {@code left} the window's corner, perhaps beyond the border */
        double at(int sample, int channel, int top, int left);
    }

    private static Maps slide(Maps in, int channels, Window window, Cell cell) {
        var height = window.outputs(in.height());
        var width = window.outputs(in.width());
        var values = new double[in.samples() * channels * height * width];
        var at = 0;
        for (var sample = 0; sample < in.samples(); sample++) {
            for (var channel = 0; channel < channels; channel++) {
                for (var y = 0; y < height; y++) {
                    for (var x = 0; x < width; x++) {
                        values[at++] = cell.at(sample, channel, window.first(y), window.first(x));
                    }
                }
            }
        }
        return new Maps(in.samples(), channels, height, width, values);
    }

    /** Beyond the border lie zeros, or the nearest values if they are replicated. */
    static Maps convolve(Maps in, double[] weight, double[] bias, Window window, boolean replicated) {
        var kernel = window.kernel();
        return slide(in, bias.length, window, (sample, channel, top, left) -> {
            var sum = bias[channel];
            var w = channel * in.channels() * kernel * kernel;
            for (var c = 0; c < in.channels(); c++) {
                for (var y = top; y < top + kernel; y++) {
                    for (var x = left; x < left + kernel; x++, w++) {
                        if (replicated || in.has(y, x)) {
                            var nearestY = Math.min(Math.max(y, 0), in.height() - 1);
                            var nearestX = Math.min(Math.max(x, 0), in.width() - 1);
                            sum += weight[w] * in.at(sample, c, nearestY, nearestX);
                        }
                    }
                }
            }
            return sum;
        });
    }

    static Maps maxPool(Maps in, Window window) {
        return slide(in, in.channels(), window, (sample, channel, top, left) -> {
            var largest = Double.NEGATIVE_INFINITY;
            for (var y = top; y < top + window.kernel(); y++) {
                for (var x = left; x < left + window.kernel(); x++) {
                    if (in.has(y, x)) {
                        largest = Math.max(largest, in.at(sample, channel, y, x));
                    }
                }
            }
            return largest;
        });
    }

    static Maps avgPool(Maps in, Window window) {
        return slide(in, in.channels(), window, (sample, channel, top, left) -> {
            var sum = 0.0;
            for (var y = top; y < top + window.kernel(); y++) {
                for (var x = left; x < left + window.kernel(); x++) {
                    sum += in.has(y, x) ? in.at(sample, channel, y, x) : 0;
                }
            }
            return sum / (window.kernel() * window.kernel());
        });
    }

    static Maps globalAvgPool(Maps in) {
        var plane = in.height() * in.width();
        var means = new double[in.samples() * in.channels()];
        Arrays.setAll(
                means,
                i -> Arrays.stream(in.values(), i * plane, (i + 1) * plane)
                        .average()
                        .orElseThrow());
        return new Maps(in.samples(), in.channels(), 1, 1, means);
    }

    /** Of vectors; a weight row per output. */
    static Maps linear(Maps in, double[] weight, double[] bias) {
        var columns = in.channels() * in.height() * in.width();
        var outputs = new double[in.samples() * bias.length];
        for (var i = 0; i < outputs.length; i++) {
            var sample = i / bias.length;
            var output = i % bias.length;
            outputs[i] = bias[output];
            for (var c = 0; c < columns; c++) {
                outputs[i] += weight[output * columns + c] * in.values()[sample * columns + c];
            }
        }
        return new Maps(in.samples(), bias.length, 1, 1, outputs);
    }
}
