package io.uad.plugin.engine.dl4j;

/** Divides the places of maps into blocks that fit a processor's cache, for work on the heap. */
record RowBlocks(Maps maps, Workers workers) {
    private static final int VALUES_PER_BLOCK = 1 << 14;

    /** Some places, each with a value per channel. */
    @FunctionalInterface
    interface Work {
        /**
         * Looks at a block.
         *
         * @param first the first place
         * @param count how many
         * @param block the block's number
         */
        void on(long first, int count, int block);
    }

    /** Adds to one sum per channel. */
    @FunctionalInterface
    interface Summands {
        /** Adds the values of two maps, which come row by row. */
        void addTo(double[] sums, float[] one, float[] other, int count);
    }

    int rowsPerBlock() {
        return Math.max(1, VALUES_PER_BLOCK / maps.channels());
    }

    int blocks() {
        return Math.toIntExact((maps.rows() + rowsPerBlock() - 1) / rowsPerBlock());
    }

    void forEach(Work work) {
        workers.forEach(blocks(), block -> {
            var first = (long) block * rowsPerBlock();
            work.on(first, (int) Math.min(rowsPerBlock(), maps.rows() - first), block);
        });
    }

    /** The values of a block. */
    float[] read(Maps of, long first, int count) {
        var values = new float[count * of.channels()];
        Floats.read(of.vector(), first * of.channels(), values, 0, values.length);
        return values;
    }

    void write(Maps to, long first, float[] values) {
        Floats.write(to.vector(), first * to.channels(), values, 0, values.length);
    }

    /** Sums of as many kinds as {@code width} channels hold: blocks in double, and then in their order. */
    double[] sums(int width, Maps other, Summands summands) {
        var parts = new double[blocks()][width];
        forEach((first, count, block) -> {
            var one = read(maps, first, count);
            summands.addTo(parts[block], one, other == maps ? one : read(other, first, count), count);
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
        return sums(channels, maps, (sums, values, same, count) -> {
            for (var row = 0; row < count; row++) {
                for (int channel = 0, at = row * channels; channel < channels; channel++, at++) {
                    sums[channel] += values[at];
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
}
