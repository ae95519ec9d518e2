package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;

/** The mean of each channel. Sums are double. */
record GlobalMean(Workers workers) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var shape = input.shape();
        var channels = shape.channels();
        var output = input.another(TensorShape.vector(channels));
        workers.forEach(input.samples(), sample -> {
            var values = new float[shape.size()];
            Floats.read(input.vector(), (long) sample * values.length, values, 0, values.length);
            var sums = new double[channels];
            for (var i = 0; i < values.length; i++) {
                sums[i % channels] += values[i];
            }
            var means = new float[channels];
            for (var channel = 0; channel < channels; channel++) {
                means[channel] = (float) (sums[channel] / input.area());
            }
            Floats.write(output.vector(), (long) sample * channels, means, 0, channels);
        });
        input.letGo();
        return new Step(output, gradient -> spread(gradient, shape));
    }

    private Maps spread(Maps gradient, TensorShape shape) {
        var slopes = gradient.another(shape);
        var channels = shape.channels();
        var area = slopes.area();
        workers.forEach(gradient.samples(), sample -> {
            var means = new float[channels];
            Floats.read(gradient.vector(), (long) sample * channels, means, 0, channels);
            var values = new float[shape.size()];
            for (var i = 0; i < values.length; i++) {
                values[i] = means[i % channels] / area;
            }
            Floats.write(slopes.vector(), (long) sample * values.length, values, 0, values.length);
        });
        gradient.letGo();
        return slopes;
    }
}
