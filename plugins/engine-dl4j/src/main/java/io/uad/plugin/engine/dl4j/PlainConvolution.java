package io.uad.plugin.engine.dl4j;

/** A convolution and its gradients in loops and doubles, on maps {@code [B, H, W, C]} with square sides. */
final class PlainConvolution {
    /** By input, weight and bias. */
    record Gradients(double[] input, double[] weight, double[] bias) {}

    /** One product: output, input and weight by their positions. */
    @FunctionalInterface
    private interface Term {
        void at(int output, int input, int weight);
    }

    private final Window window;
    private final int samples;
    private final int out;
    private final float[] x;
    private final float[] weight;

    /** @param weight {@code [out, in, kernel, kernel]} */
    PlainConvolution(Window window, int samples, float[] x, float[] weight) {
        this.window = window;
        this.samples = samples;
        this.out = weight.length / window.size();
        this.x = x;
        this.weight = weight;
    }

    double[] values(float[] bias) {
        var values = new double[samples * window.height() * window.width() * out];
        for (var i = 0; i < values.length; i++) {
            values[i] = bias[i % out];
        }
        eachTerm((output, input, w) -> values[output] += (double) x[input] * weight[w]);
        return values;
    }

    Gradients backward(float[] upstream) {
        var gradients = new Gradients(new double[x.length], new double[weight.length], new double[out]);
        for (var i = 0; i < upstream.length; i++) {
            gradients.bias[i % out] += upstream[i];
        }
        eachTerm((output, input, w) -> {
            gradients.input[input] += (double) weight[w] * upstream[output];
            gradients.weight[w] += (double) x[input] * upstream[output];
        });
        return gradients;
    }

    private void eachTerm(Term term) {
        for (var sample = 0; sample < samples; sample++) {
            for (var row = 0; row < window.height(); row++) {
                for (var column = 0; column < window.width(); column++) {
                    for (var filter = 0; filter < out; filter++) {
                        var output = ((sample * window.height() + row) * window.width() + column) * out + filter;
                        eachTerm(term, output, sample, filter, row, column);
                    }
                }
            }
        }
    }

    private void eachTerm(Term term, int output, int sample, int filter, int row, int column) {
        var shape = window.input();
        for (var dy = 0; dy < window.kernel(); dy++) {
            for (var dx = 0; dx < window.kernel(); dx++) {
                var y = row * window.stride() - window.padding() + dy;
                var z = column * window.stride() - window.padding() + dx;
                if (y < 0 || y >= shape.height() || z < 0 || z >= shape.width()) {
                    continue;
                }
                for (var c = 0; c < shape.channels(); c++) {
                    term.at(
                            output,
                            ((sample * shape.height() + y) * shape.width() + z) * shape.channels() + c,
                            ((filter * shape.channels() + c) * window.kernel() + dy) * window.kernel() + dx);
                }
            }
        }
    }
}
