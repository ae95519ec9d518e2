package io.uad.plugin.fusion.concat;

import io.uad.api.Seed;
import java.util.stream.IntStream;

/**
 * Multiplies rows by a fixed matrix of Gaussian numbers of mean 0 and variance 1 / width, which keeps distances on average
 * (Johnson and Lindenstrauss, 1984). The matrix is a function of the seed: entry (i, j) is its number {@code i width + j}.
 */
final class RandomProjection {
    /** Rows that share each pass over the matrix; their sums stay in the processor's nearest cache. */
    private static final int ROWS_AT_ONCE = 8;

    private final int columns;
    private final int width;
    private final float[] matrix; // [columns, width]

    RandomProjection(int columns, int width, Seed seed) {
        this.columns = columns;
        this.width = width;
        this.matrix = new float[Math.multiplyExact(columns, width)];
        var deviation = 1 / Math.sqrt(width);
        IntStream.range(0, columns).parallel().forEach(column -> {
            for (var i = column * width; i < (column + 1) * width; i++) {
                matrix[i] = (float) (deviation * seed.gaussian(i));
            }
        });
    }

    int columns() {
        return columns;
    }

    int width() {
        return width;
    }

    /**
     * Projects rows; each result depends on its own row only.
     *
     * @param rows {@code [n, columns]}
     * @return a new array {@code [n, width]}
     */
    float[] project(float[] rows) {
        var count = rows.length / columns;
        var projected = new float[Math.multiplyExact(count, width)];
        IntStream.range(0, (count + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE)
                .parallel()
                .forEach(block ->
                        project(rows, projected, block * ROWS_AT_ONCE, Math.min(count, (block + 1) * ROWS_AT_ONCE)));
        return projected;
    }

    /** Four columns at a time, so that a sum is read and written once for four products. */
    private void project(float[] rows, float[] projected, int first, int end) {
        var whole = columns / 4 * 4;
        for (var column = 0; column < whole; column += 4) {
            for (var row = first; row < end; row++) {
                addFour(rows, row * columns + column, column * width, projected, row * width);
            }
        }
        for (var column = whole; column < columns; column++) {
            for (var row = first; row < end; row++) {
                add(rows[row * columns + column], column * width, projected, row * width);
            }
        }
    }

    private void addFour(float[] rows, int at, int from, float[] projected, int to) {
        var first = rows[at];
        var second = rows[at + 1];
        var third = rows[at + 2];
        var fourth = rows[at + 3];
        for (var j = 0; j < width; j++) {
            projected[to + j] += first * matrix[from + j]
                    + second * matrix[from + width + j]
                    + third * matrix[from + 2 * width + j]
                    + fourth * matrix[from + 3 * width + j];
        }
    }

    private void add(float value, int from, float[] projected, int to) {
        for (var j = 0; j < width; j++) {
            projected[to + j] += value * matrix[from + j];
        }
    }
}
