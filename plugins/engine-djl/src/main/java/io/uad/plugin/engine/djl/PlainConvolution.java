package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;

/** A convolution and its gradients in loops and doubles. Square inputs and kernels only. */
final class PlainConvolution {
    record Gradients(double[] input, double[] weight, double[] bias) {}

    /** One product: output, input and weight by their positions. */
    private interface Term {
        void at(int output, int input, int weight);
    }

    private final int samples;
    private final int in;
    private final int out;
    private final int side;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final float[] x;
    private final float[] weight;
    private final float[] bias;

    PlainConvolution(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        this.samples = (int) x.getShape().get(0);
        this.in = (int) x.getShape().get(1);
        this.side = (int) x.getShape().get(2);
        this.out = (int) weight.getShape().get(0);
        this.kernel = (int) weight.getShape().get(2);
        this.stride = stride;
        this.padding = padding;
        this.x = x.toFloatArray();
        this.weight = weight.toFloatArray();
        this.bias = bias.toFloatArray();
    }

    int outputSide() {
        return (side + 2 * padding - kernel) / stride + 1;
    }

    double[] values() {
        var plane = outputSide() * outputSide();
        var values = new double[samples * out * plane];
        for (var i = 0; i < values.length; i++) {
            values[i] = bias[i / plane % out];
        }
        eachTerm((output, input, w) -> values[output] += (double) x[input] * weight[w]);
        return values;
    }

    Gradients backward(float[] upstream) {
        var plane = outputSide() * outputSide();
        var gradients = new Gradients(new double[x.length], new double[weight.length], new double[bias.length]);
        for (var i = 0; i < upstream.length; i++) {
            gradients.bias[i / plane % out] += upstream[i];
        }
        eachTerm((output, input, w) -> {
            gradients.input[input] += (double) weight[w] * upstream[output];
            gradients.weight[w] += (double) x[input] * upstream[output];
        });
        return gradients;
    }

    private void eachTerm(Term term) {
        var last = outputSide();
        for (var sample = 0; sample < samples; sample++) {
            for (var channel = 0; channel < out; channel++) {
                for (var row = 0; row < last; row++) {
                    for (var column = 0; column < last; column++) {
                        var output = ((sample * out + channel) * last + row) * last + column;
                        eachTerm(term, output, sample, channel, row * stride - padding, column * stride - padding);
                    }
                }
            }
        }
    }

    private void eachTerm(Term term, int output, int sample, int channel, int top, int left) {
        for (var c = 0; c < in; c++) {
            for (var dy = 0; dy < kernel; dy++) {
                for (var dx = 0; dx < kernel; dx++) {
                    var y = top + dy;
                    var z = left + dx;
                    if (y >= 0 && y < side && z >= 0 && z < side) {
                        term.at(
                                output,
                                ((sample * in + c) * side + y) * side + z,
                                ((channel * in + c) * kernel + dy) * kernel + dx);
                    }
                }
            }
        }
    }
}
