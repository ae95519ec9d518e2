package ${package};

/**
 * Batch normalisation (Ioffe and Szegedy, ICML 2015): {@code y = weight * (x - mean) / sqrt(variance + eps) + bias}. In
 * training mean and variance are the batch's and move the running ones; in evaluation they are those. Sums are double.
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

    @Override
    public Step forward(Maps input, Mode mode) {
        var output = Maps.zeros(input.samples(), input.shape());
        var means = new double[input.channels()];
        var scales = new double[input.channels()]; // 1 / sqrt(variance + eps)
        if (mode.training()) {
            counter.increment();
        }
        workers.forEach(input.channels(), channel -> {
            var mean = (double) runningMean.value()[channel];
            var variance = (double) runningVariance.value()[channel];
            if (mode.training()) {
                var count = (double) input.samples() * input.area();
                mean = input.sum(channel) / count;
                variance = sumOfProducts(input, input, channel, mean) / count;
                move(runningMean.value(), channel, mean);
                move(runningVariance.value(), channel, variance * count / Math.max(1, count - 1));
            }
            means[channel] = mean;
            scales[channel] = 1 / Math.sqrt(variance + EPSILON);
            var factor = weight.value()[channel] * scales[channel];
            affine(input, channel, factor, bias.value()[channel] - factor * mean, output);
        });
        return new Step(output, gradient -> backward(input, means, scales, gradient));
    }

    /** Ioffe and Szegedy's derivatives, in which mean and variance depend on x. */
    private Maps backward(Maps input, double[] means, double[] scales, Maps gradient) {
        var slopes = Maps.zeros(input.samples(), input.shape());
        var count = (double) input.samples() * input.area();
        var weights = weight.gradient();
        var biases = bias.gradient();
        workers.forEach(input.channels(), channel -> {
            var scale = scales[channel];
            var byBias = gradient.sum(channel);
            var byWeight = scale * sumOfProducts(gradient, input, channel, means[channel]);
            weights[channel] = (float) byWeight;
            biases[channel] = (float) byBias;
            var factor = weight.value()[channel] * scale;
            var byDistance = factor * scale * byWeight / count;
            affine(input, channel, -byDistance, byDistance * means[channel] - factor * byBias / count, slopes);
            affine(gradient, channel, factor, 0, slopes);
        });
        return slopes;
    }

    private static void move(float[] running, int channel, double value) {
        running[channel] = (float) ((1 - MOMENTUM) * running[channel] + MOMENTUM * value);
    }

    /** The sum of {@code a (b - mean)} over a channel. */
    private static double sumOfProducts(Maps a, Maps b, int channel, double mean) {
        var sum = 0.0;
        for (var sample = 0; sample < a.samples(); sample++) {
            var from = a.plane(sample, channel);
            for (var i = from; i < from + a.area(); i++) {
                sum += a.values()[i] * (b.values()[i] - mean);
            }
        }
        return sum;
    }

    /** Adds {@code factor * x + shift} for each value of a channel. */
    private static void affine(Maps x, int channel, double factor, double shift, Maps target) {
        for (var sample = 0; sample < x.samples(); sample++) {
            var from = x.plane(sample, channel);
            for (var i = from; i < from + x.area(); i++) {
                target.values()[i] += (float) (factor * x.values()[i] + shift);
            }
        }
    }
}
