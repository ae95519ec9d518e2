package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * What a search needs of a library: products of rows, and memory that Java reads. For CPUs.
 *
 * @param <M> a matrix of the library, {@code [rows, columns]}, float32
 */
public interface RowProducts<M extends MatrixHandle> {
    /**
     * The memory of some rows, one after the other, at most 2^31 bytes; valid while the matrix is open.
     *
     * @param first the first of them
     * @param count how many, 1 or more
     */
    FloatBuffer memory(M matrix, int first, int count);

    /**
     * Some rows, seen from another origin: a new matrix, the caller's to close.
     *
     * @param origin {@code [columns]}
     */
    M less(M matrix, int first, int count, float[] origin);

    /**
     * The product of each of some rows with each of some others.
     *
     * @param products receives {@code [rows.count, others.count]}, which is valid only meanwhile
     */
    void multiply(Some<M> rows, Some<M> others, Consumer<FloatBuffer> products);

    /**
     * Rows that follow each other.
     *
     * @param first the first of them
     * @param count how many
     */
    record Some<M>(M matrix, int first, int count) {}
}
