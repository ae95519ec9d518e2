package io.uad.plugin.engine.dl4j;

import java.util.Arrays;

/** Divides the places of maps into blocks that fit a processor's cache, for work on the heap. */
record RowBlocks(Maps maps, Workers workers) {
    private static final int VALUES_PER_BLOCK = 1 << 14;
    /** So few values are added in float32, which is done several channels at a time, before their sum is double. */
    private static final int ROWS_PER_SUM = 16;

    /** Works on some places, each with a value per channel. */
    @FunctionalInterface
    interface Work {
        /**
         * Looks at a block.
         *
         * @param first the first place
         * @param count how many
         */
        void on(long first, int count);
    }

    /** Adds to sums of channels. */
    @FunctionalInterface
    interface Summands {
        /** Adds what stands in some places of two maps, {@code from} being where in both arrays the first place begins. */
        void addTo(float[] sums, float[] one, float[] other, int from, int count);
    }

    void forEach(Work work) {
        workers.forEach(blocks(), block -> work.on(first(block), count(block)));
    }

    /** Copies a block to an array of the thread. */
    float[] read(int slot, Maps of, long first, int count) {
        var length = count * of.channels();
        var values = Workers.scratch(slot, length);
        Floats.read(of.vector(), first * of.channels(), values, 0, length);
        return values;
    }

    void write(Maps to, long first, int count, float[] values) {
        Floats.write(to.vector(), first * to.channels(), values, 0, count * to.channels());
    }

    /** So many sums: rows in float32, blocks in double, and then in their order. */
    double[] sums(int width, Maps other, Summands summands) {
        var parts = new double[blocks()][width];
        workers.forEach(parts.length, block -> {
            var one = read(0, maps, first(block), count(block));
            var two = other == maps ? one : read(1, other, first(block), count(block));
            var few = new float[width];
            for (var row = 0; row < count(block); row += ROWS_PER_SUM) {
                Arrays.fill(few, 0);
                summands.addTo(few, one, two, row * maps.channels(), Math.min(ROWS_PER_SUM, count(block) - row));
                for (var i = 0; i < width; i++) {
                    parts[block][i] += few[i];
                }
            }
        });
        var sums = new double[width];
        for (var part : parts) {
            for (var i = 0; i < width; i++) {
                sums[i] += part[i];
            }
        }
        return sums;
    }

    /** The sum of each channel. */
    double[] sums() {
        var channels = maps.channels();
        return sums(channels, maps, (sums, values, same, from, count) -> {
            for (var row = 0; row < count; row++) {
                var at = from + row * channels;
                for (var channel = 0; channel < channels; channel++) {
                    sums[channel] += values[at + channel];
                }
            }
        });
    }

    /** The sum of each channel, as float32. */
    float[] floatSums() {
        var sums = sums();
        var rounded = new float[sums.length];
        for (var i = 0; i < sums.length; i++) {
            rounded[i] = (float) sums[i];
        }
        return rounded;
    }

    private int rowsPerBlock() {
        return Math.max(1, VALUES_PER_BLOCK / maps.channels());
    }

    private int blocks() {
        return Math.toIntExact((maps.rows() + rowsPerBlock() - 1) / rowsPerBlock());
    }

    private long first(int block) {
        return (long) block * rowsPerBlock();
    }

    private int count(int block) {
        return (int) Math.min(rowsPerBlock(), maps.rows() - first(block));
    }
}
