package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;

/**
 * Rows of a library as they are seen from somewhere.
 *
 * @param <M> a matrix of the library, {@code [rows, columns]}, float32
 */
public interface SeenRows<M extends MatrixHandle> {
    /**
     * Some rows, seen from another origin: a new matrix, the caller's to close.
     *
     * @param origin {@code [columns]}
     */
    M less(Some<M> rows, float[] origin);

    /**
     * Rows that follow each other.
     *
     * @param first the first of them
     * @param count how many, 1 or more
     */
    record Some<M>(M matrix, int first, int count) {
        /** All of a matrix. */
        public static <M extends MatrixHandle> Some<M> all(M matrix) {
            return new Some<>(matrix, 0, matrix.rows());
        }
    }
}
