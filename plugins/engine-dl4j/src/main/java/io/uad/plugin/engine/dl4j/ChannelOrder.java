package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;

/** Turns samples between {@code [C, H, W]}, as the border has them, and {@code [H, W, C]}, as {@link Maps}. */
final class ChannelOrder {
    private ChannelOrder() {}

    /** Whether both are the same memory. */
    static boolean isOne(TensorShape shape) {
        return shape.channels() == 1 || shape.height() * shape.width() == 1;
    }

    static float[] last(float[] sample, TensorShape shape) {
        return transposed(sample, shape.channels(), shape.height() * shape.width());
    }

    static float[] first(float[] sample, TensorShape shape) {
        return transposed(sample, shape.height() * shape.width(), shape.channels());
    }

    /** A matrix of that many rows and columns, with both exchanged. */
    private static float[] transposed(float[] matrix, int rows, int columns) {
        var turned = new float[matrix.length];
        for (var row = 0; row < rows; row++) {
            for (int column = 0, at = row; column < columns; column++, at += rows) {
                turned[at] = matrix[row * columns + column];
            }
        }
        return turned;
    }
}
