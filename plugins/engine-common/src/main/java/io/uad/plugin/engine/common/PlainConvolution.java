package io.uad.plugin.engine.common;

/** A convolution and its gradients in loops and doubles. Square inputs and kernels only. */
public final class PlainConvolution {
    /**
     * Sizes.
     *
     * @param side of the input's square
     */
    public record Sizes(int samples, int in, int out, int side, int kernel, int stride, int padding) {
        /** The side of the output's square. */
        public int outputSide() {
            return (side + 2 * padding - kernel) / stride + 1;
        }
    }

    /** By input, weight and bias. */
    public record Gradients(double[] input, double[] weight, double[] bias) {}

    /** One product: output, input and weight by their positions. */
    private interface Term {
        void at(int output, int input, int weight);
    }

    private final Sizes sizes;
    private final float[] x;
    private final float[] weight;
    private final float[] bias;

    /**
     * Keeps its arguments.
     *
     * @param x {@code [samples, in, side, side]}
     * @param weight {@code [out, in, kernel, kernel]}
     * @param bias {@code [out]}
     */
    public PlainConvolution(Sizes sizes, float[] x, float[] weight, float[] bias) {
        this.sizes = sizes;
        this.x = x;
        this.weight = weight;
        this.bias = bias;
    }

    /** {@code [samples, out, outputSide, outputSide]}. */
    public double[] values() {
        var plane = sizes.outputSide() * sizes.outputSide();
        var values = new double[sizes.samples * sizes.out * plane];
        for (var i = 0; i < values.length; i++) {
            values[i] = bias[i / plane % sizes.out];
        }
        eachTerm((output, input, w) -> values[output] += (double) x[input] * weight[w]);
        return values;
    }

    /** @param upstream the gradient by the values */
    public Gradients backward(float[] upstream) {
        var plane = sizes.outputSide() * sizes.outputSide();
        var gradients = new Gradients(new double[x.length], new double[weight.length], new double[bias.length]);
        for (var i = 0; i < upstream.length; i++) {
            gradients.bias[i / plane % sizes.out] += upstream[i];
        }
        eachTerm((output, input, w) -> {
            gradients.input[input] += (double) weight[w] * upstream[output];
            gradients.weight[w] += (double) x[input] * upstream[output];
        });
        return gradients;
    }

    private void eachTerm(Term term) {
        var last = sizes.outputSide();
        for (var sample = 0; sample < sizes.samples; sample++) {
            for (var channel = 0; channel < sizes.out; channel++) {
                for (var row = 0; row < last; row++) {
                    for (var column = 0; column < last; column++) {
                        var output = ((sample * sizes.out + channel) * last + row) * last + column;
                        eachTerm(
                                term,
                                output,
                                sample,
                                channel,
                                row * sizes.stride - sizes.padding,
                                column * sizes.stride - sizes.padding);
                    }
                }
            }
        }
    }

    private void eachTerm(Term term, int output, int sample, int channel, int top, int left) {
        for (var c = 0; c < sizes.in; c++) {
            for (var dy = 0; dy < sizes.kernel; dy++) {
                for (var dx = 0; dx < sizes.kernel; dx++) {
                    var y = top + dy;
                    var z = left + dx;
                    if (y >= 0 && y < sizes.side && z >= 0 && z < sizes.side) {
                        term.at(
                                output,
                                ((sample * sizes.in + c) * sizes.side + y) * sizes.side + z,
                                ((channel * sizes.in + c) * sizes.kernel + dy) * sizes.kernel + dx);
                    }
                }
            }
        }
    }
}
