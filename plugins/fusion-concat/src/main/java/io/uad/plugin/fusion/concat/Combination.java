package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;

/** Makes one row of two of equal width. */
@FunctionalInterface
interface Combination {
    /**
     * @param low {@code [B, width]}
     * @param high {@code [B, width]}
     * @param batch for noise
     * @return {@code [B, D]}, a new array or one of the two
     */
    float[] combine(float[] low, float[] high, int width, Seed batch);

    /** {@code low + high}; D = width. */
    static float[] sum(float[] low, float[] high, int width, Seed batch) {
        for (var i = 0; i < low.length; i++) {
            low[i] += high[i];
        }
        return low;
    }

    /** {@code low x high}, column by column; D = width. */
    static float[] product(float[] low, float[] high, int width, Seed batch) {
        for (var i = 0; i < low.length; i++) {
            low[i] *= high[i];
        }
        return low;
    }

    /** {@code low^T high}, row by row; D = width x width, column {@code i width + j} is {@code low[i] high[j]}. */
    static float[] outer(float[] low, float[] high, int width, Seed batch) {
        var rows = new float[Math.multiplyExact(low.length, width)];
        for (var i = 0; i < low.length; i++) {
            var first = i / width * width; // of the same sample
            for (var j = 0; j < width; j++) {
                rows[i * width + j] = low[i] * high[first + j];
            }
        }
        return rows;
    }

    /**
     * {@code s + scale rms(s) g}, where s is the sum, rms its root mean square over the row's columns, and g standard
     * normal numbers of the batch's seed; D = width. Noise is measured against its own row, never against the batch: what a
     * row holds does not depend on its neighbours.
     */
    static Combination noisySum(double scale) {
        return (low, high, width, batch) -> {
            var rows = sum(low, high, width, batch);
            var noise = batch.derive("fusion-noise");
            for (var first = 0; first < rows.length; first += width) {
                var squares = 0.0;
                for (var i = first; i < first + width; i++) {
                    squares += (double) rows[i] * rows[i];
                }
                var deviation = scale * Math.sqrt(squares / width);
                for (var i = first; i < first + width; i++) {
                    rows[i] += (float) (deviation * noise.gaussian(i));
                }
            }
            return rows;
        };
    }
}
