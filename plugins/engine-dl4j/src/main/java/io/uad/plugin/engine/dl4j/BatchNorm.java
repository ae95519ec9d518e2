package io.uad.plugin.engine.dl4j;

import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation (Ioffe and Szegedy, ICML 2015): {@code y = weight * (x - mean) / sqrt(variance + eps) + bias}. In
 * training mean and variance are the batch's and move the running ones, the variance unbiased; in evaluation they are those.
 * Sums of more than a few values are double. The library's own operation has no gradient through the statistics of a batch that
 * could be relied on.
 */
record BatchNorm(
        Variable weight,
        Variable bias,
        Variable runningMean,
        Variable runningVariance,
        Variable counter,
        Workers workers)
        implements Node {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    /** What a batch is normalised by: a mean and a factor {@code 1 / sqrt(variance + eps)} for each channel. */
    private record Statistics(double[] means, double[] scales) {}

    @Override
    public boolean isTrained() {
        return true;
    }

    @Override
    public Step forward(Maps input, Mode mode) {
        var statistics = mode.training() ? ofBatch(input) : running();
        var isRecorded = mode.isRecorded(true);
        if (isRecorded) {
            input.hold();
        }
        var output = input.mayBeOverwritten() ? input.hold() : input.another(input.shape());
        normalize(input, statistics, output);
        input.letGo();
        return new Step(
                output,
                isRecorded ? gradient -> backward(input, statistics, mode.passesGradient(), gradient) : Backward.NONE);
    }

    private Statistics running() {
        var means = doubles(runningMean.read());
        return new Statistics(means, scales(doubles(runningVariance.read())));
    }

    private Statistics ofBatch(Maps input) {
        counter.increment();
        var count = (double) input.rows();
        var blocks = new RowBlocks(input, workers);
        var means = divided(blocks.sums(), count);
        var channels = input.channels();
        var middles = floats(means);
        var squares = blocks.sums(channels, input, (sums, values, same, from, rows) -> {
            for (var row = 0; row < rows; row++) {
                var at = from + row * channels;
                for (var channel = 0; channel < channels; channel++) {
                    var distance = values[at + channel] - middles[channel];
                    sums[channel] += distance * distance;
                }
            }
        });
        move(runningMean, means);
        move(runningVariance, divided(squares, Math.max(1, count - 1)));
        return new Statistics(means, scales(divided(squares, count)));
    }

    private void normalize(Maps input, Statistics statistics, Maps output) {
        var channels = input.channels();
        var weights = weight.read();
        var biases = bias.read();
        var means = new float[channels];
        var factors = new float[channels];
        for (var channel = 0; channel < channels; channel++) {
            means[channel] = (float) statistics.means[channel];
            factors[channel] = (float) (weights[channel] * statistics.scales[channel]);
        }
        var blocks = new RowBlocks(input, workers);
        blocks.forEach((first, count) -> {
            var values = blocks.read(0, input, first, count);
            for (var row = 0; row < count; row++) {
                var from = row * channels;
                for (var channel = 0; channel < channels; channel++) {
                    values[from + channel] =
                            (values[from + channel] - means[channel]) * factors[channel] + biases[channel];
                }
            }
            blocks.write(output, first, count, values);
        });
    }

    /** Ioffe and Szegedy's derivatives, in which mean and variance depend on x. */
    private @Nullable Maps backward(Maps input, Statistics statistics, boolean passesGradient, Maps gradient) {
        var channels = input.channels();
        var means = floats(statistics.means);
        var both = new RowBlocks(gradient, workers).sums(2 * channels, input, (sums, slopes, values, from, count) -> {
            for (var row = 0; row < count; row++) {
                var at = from + row * channels;
                for (var channel = 0; channel < channels; channel++) {
                    sums[channel] += slopes[at + channel];
                }
                for (var channel = 0; channel < channels; channel++) {
                    sums[channels + channel] += slopes[at + channel] * (values[at + channel] - means[channel]);
                }
            }
        });
        var byBias = new float[channels];
        var byWeight = new float[channels];
        for (var channel = 0; channel < channels; channel++) {
            byBias[channel] = (float) both[channel];
            byWeight[channel] = (float) (statistics.scales[channel] * both[channels + channel]);
        }
        bias.writeGradient(byBias);
        weight.writeGradient(byWeight);
        var slopes = passesGradient ? byInput(input, statistics, both, gradient) : null;
        input.letGo();
        gradient.letGo();
        return slopes;
    }

    private Maps byInput(Maps input, Statistics statistics, double[] both, Maps gradient) {
        var channels = input.channels();
        var count = (double) input.rows();
        var weights = weight.read();
        var means = new float[channels];
        var byMean = new float[channels];
        var byDistance = new float[channels];
        var factors = new float[channels];
        for (var channel = 0; channel < channels; channel++) {
            var scale = statistics.scales[channel];
            means[channel] = (float) statistics.means[channel];
            byMean[channel] = (float) (both[channel] / count);
            byDistance[channel] = (float) (scale * scale * both[channels + channel] / count);
            factors[channel] = (float) (weights[channel] * scale);
        }
        var slopes = gradient.mayBeOverwritten() ? gradient.hold() : gradient.another(gradient.shape());
        var blocks = new RowBlocks(gradient, workers);
        blocks.forEach((first, rows) -> {
            var values = blocks.read(0, input, first, rows);
            var upstream = blocks.read(1, gradient, first, rows);
            for (var row = 0; row < rows; row++) {
                var from = row * channels;
                for (var channel = 0; channel < channels; channel++) {
                    upstream[from + channel] = (upstream[from + channel]
                                    - byMean[channel]
                                    - (values[from + channel] - means[channel]) * byDistance[channel])
                            * factors[channel];
                }
            }
            blocks.write(slopes, first, rows, upstream);
        });
        return slopes;
    }

    private static void move(Variable running, double[] values) {
        var moved = running.read();
        for (var channel = 0; channel < moved.length; channel++) {
            moved[channel] = (float) ((1 - MOMENTUM) * moved[channel] + MOMENTUM * values[channel]);
        }
        running.write(moved);
    }

    private static double[] scales(double[] variances) {
        var scales = new double[variances.length];
        for (var channel = 0; channel < scales.length; channel++) {
            scales[channel] = 1 / Math.sqrt(variances[channel] + EPSILON);
        }
        return scales;
    }

    private static double[] divided(double[] sums, double by) {
        var quotients = new double[sums.length];
        for (var i = 0; i < sums.length; i++) {
            quotients[i] = sums[i] / by;
        }
        return quotients;
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (var i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        for (var i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
