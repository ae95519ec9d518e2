package io.uad.runtime.evaluation;

import io.uad.api.UadException;
import java.util.stream.IntStream;

/** Rows of length 1, whose squared distance is 2 - 2 s, s the cosine of their angle. */
final class UnitRows {
    private UnitRows() {}

    /**
     * Scales rows in place; a row of zeros stays one.
     *
     * @return the same array
     * @throws UadException of kind DATA if a value is not finite
     */
    static float[] scale(float[] rows, int columns) {
        IntStream.range(0, rows.length / columns).parallel().forEach(row -> {
            var squares = 0.0;
            for (var i = row * columns; i < (row + 1) * columns; i++) {
                squares += (double) rows[i] * rows[i];
            }
            if (!Double.isFinite(squares)) {
                throw UadException.data(
                        "the features of an image are not finite",
                        "the model",
                        "a network that has not diverged",
                        "Use an earlier checkpoint");
            }
            var length = squares > 0 ? Math.sqrt(squares) : 1;
            for (var i = row * columns; i < (row + 1) * columns; i++) {
                rows[i] = (float) (rows[i] / length);
            }
        });
        return rows;
    }
}
