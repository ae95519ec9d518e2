package ${package};

import io.uad.api.TensorShape;

/**
 * What B samples hold between two layers.
 *
 * @param samples B
 * @param shape of one sample
 * @param values {@code [B, C, H, W]} in C order; left alone once a node has made them
 */
record Maps(int samples, TensorShape shape, float[] values) {
    static Maps zeros(int samples, TensorShape shape) {
        return new Maps(samples, shape, new float[Math.multiplyExact(samples, shape.size())]);
    }

    /** Other values in the same shape. */
    Maps with(float[] others) {
        return new Maps(samples, shape, others);
    }

    int channels() {
        return shape.channels();
    }

    /** Values of one channel of one sample. */
    int area() {
        return shape.height() * shape.width();
    }

    /** Where a channel of a sample begins. */
    int plane(int sample, int channel) {
        return (sample * channels() + channel) * area();
    }

    /** The sum of a channel over all samples, in double. */
    double sum(int channel) {
        var sum = 0.0;
        for (var sample = 0; sample < samples; sample++) {
            var from = plane(sample, channel);
            for (var i = from; i < from + area(); i++) {
                sum += values[i];
            }
        }
        return sum;
    }

    /** Writes the sum of each channel. */
    void sums(float[] target) {
        for (var channel = 0; channel < channels(); channel++) {
            target[channel] = (float) sum(channel);
        }
    }
}
