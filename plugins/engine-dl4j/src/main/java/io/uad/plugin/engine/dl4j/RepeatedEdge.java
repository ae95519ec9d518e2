package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;

/** Puts a border of the nearest pixels around maps. */
record RepeatedEdge(int width, Workers workers) implements Node {
    @Override
    public Step forward(Maps input, Mode mode) {
        var shape = input.shape();
        var wide = new TensorShape(shape.channels(), shape.height() + 2 * width, shape.width() + 2 * width);
        var output = input.another(wide);
        workers.forEach(input.samples(), sample -> {
            var values = sample(input, sample);
            var padded = new float[wide.size()];
            forEachPixel(shape, wide, (from, to) -> System.arraycopy(values, from, padded, to, shape.channels()));
            Floats.write(output.vector(), (long) sample * padded.length, padded, 0, padded.length);
        });
        input.letGo();
        return new Step(output, gradient -> backward(gradient, shape));
    }

    /** A pixel is given what all its copies are. */
    private Maps backward(Maps gradient, TensorShape shape) {
        var slopes = gradient.another(shape);
        workers.forEach(gradient.samples(), sample -> {
            var values = sample(gradient, sample);
            var sums = new float[shape.size()];
            forEachPixel(shape, gradient.shape(), (to, from) -> {
                for (var channel = 0; channel < shape.channels(); channel++) {
                    sums[to + channel] += values[from + channel];
                }
            });
            Floats.write(slopes.vector(), (long) sample * sums.length, sums, 0, sums.length);
        });
        gradient.letGo();
        return slopes;
    }

    @FunctionalInterface
    private interface Pixels {
        void pair(int inner, int outer);
    }

    private void forEachPixel(TensorShape shape, TensorShape wide, Pixels pixels) {
        for (var y = 0; y < wide.height(); y++) {
            for (var x = 0; x < wide.width(); x++) {
                var inner = nearest(y, shape.height()) * shape.width() + nearest(x, shape.width());
                pixels.pair(inner * shape.channels(), (y * wide.width() + x) * shape.channels());
            }
        }
    }

    private int nearest(int place, int side) {
        return Math.max(0, Math.min(side - 1, place - width));
    }

    private static float[] sample(Maps maps, int sample) {
        var values = new float[maps.shape().size()];
        Floats.read(maps.vector(), (long) sample * values.length, values, 0, values.length);
        return values;
    }
}
