package io.uad.plugin.engine.dl4j;

import java.util.Arrays;

/**
 * What a window sees, as rows of a matrix: a row per place, {@code [kernel, kernel, channels]}, so that a convolution's
 * gradients are products (Chellapilla, Puri and Simard, IWFHR 2006). As channels lie next to each other, a patch is copied in
 * {@code kernel} pieces.
 */
record Patches(Window window, Workers workers) {
    /** Copies the patches of some rows of places, of all samples, to the beginning of {@code target}. */
    void gather(Maps input, int firstRow, int rows, Memory.Block target) {
        var width = window.width();
        var length = width * window.size();
        workers.forEach(rows, i -> {
            var sample = (firstRow + i) / window.height();
            var strip = strip(input, sample, (firstRow + i) % window.height());
            var patches = Workers.scratch(0, length);
            for (int place = 0, at = 0; place < width; place++) {
                for (var y = 0; y < window.kernel(); y++) {
                    System.arraycopy(strip, start(place, y), patches, at, pieceLength());
                    at += pieceLength();
                }
            }
            Floats.write(target.vector(), (long) i * length, patches, 0, length);
        });
    }

    /** The rows of pixels that a row of places sees, padding included: {@code [kernel, padded width, channels]}. */
    private float[] strip(Maps input, int sample, int row) {
        var length = window.kernel() * paddedRow();
        var strip = Workers.scratch(1, length);
        if (window.padding() > 0) {
            Arrays.fill(strip, 0, length, 0);
        }
        var shape = window.input();
        var pixels = shape.width() * shape.channels();
        for (var y = 0; y < window.kernel(); y++) {
            var line = row * window.stride() - window.padding() + y;
            if (line >= 0 && line < shape.height()) {
                var from = ((long) sample * shape.height() + line) * pixels;
                Floats.read(input.vector(), from, strip, y * paddedRow() + border(), pixels);
            }
        }
        return strip;
    }

    /** The opposite, of whole samples: adds each value of the patches in {@code source} to where it came from. */
    void scatter(Memory.Block source, int firstSample, int samples, Maps target) {
        var shape = window.input();
        workers.forEach(samples, i -> {
            var sums = new float[(shape.height() + 2 * window.padding()) * paddedRow()];
            var patches = new float[window.width() * window.size()];
            for (var row = 0; row < window.height(); row++) {
                var from = ((long) i * window.height() + row) * patches.length;
                Floats.read(source.vector(), from, patches, 0, patches.length);
                add(patches, sums, row * window.stride() * paddedRow());
            }
            for (var line = 0; line < shape.height(); line++) {
                var pixels = shape.width() * shape.channels();
                var to = ((long) (firstSample + i) * shape.height() + line) * pixels;
                var from = (line + window.padding()) * paddedRow() + border();
                Floats.write(target.vector(), to, sums, from, pixels);
            }
        });
    }

    private void add(float[] patches, float[] sums, int first) {
        for (int place = 0, at = 0; place < window.width(); place++) {
            for (var y = 0; y < window.kernel(); y++) {
                var to = first + start(place, y);
                for (var j = 0; j < pieceLength(); j++) {
                    sums[to + j] += patches[at + j];
                }
                at += pieceLength();
            }
        }
    }

    /** Where line {@code y} of a place's patch begins in a strip. */
    private int start(int place, int y) {
        return y * paddedRow() + place * window.stride() * window.input().channels();
    }

    private int pieceLength() {
        return window.kernel() * window.input().channels();
    }

    private int border() {
        return window.padding() * window.input().channels();
    }

    private int paddedRow() {
        return (window.input().width() + 2 * window.padding()) * window.input().channels();
    }

    /** A copy of {@code [count, pixels, channels]} with the last two sides exchanged. */
    static float[] exchanged(float[] values, int count, int pixels, int channels) {
        var result = new float[values.length];
        for (var i = 0; i < count; i++) {
            var from = i * pixels * channels;
            for (var pixel = 0; pixel < pixels; pixel++) {
                for (var channel = 0; channel < channels; channel++) {
                    result[from + channel * pixels + pixel] = values[from + pixel * channels + channel];
                }
            }
        }
        return result;
    }

    /** The window's patches of a filter, turned by half a circle: {@code [kernel, kernel, out, in]} of {@code [out, in, kernel, kernel]}. */
    static float[] turned(float[] weight, int out, int in, int pixels) {
        var result = new float[weight.length];
        for (var pixel = 0; pixel < pixels; pixel++) {
            var to = (pixels - 1 - pixel) * out * in;
            for (var i = 0; i < out * in; i++) {
                result[to + i] = weight[i * pixels + pixel];
            }
        }
        return result;
    }

    /** Room for the patches of so many rows of places, at most about {@code floats}, at least one row. */
    int rowsWithin(long floats, int rows) {
        return (int) Math.max(1, Math.min(rows, floats / ((long) window.width() * window.size())));
    }
}
