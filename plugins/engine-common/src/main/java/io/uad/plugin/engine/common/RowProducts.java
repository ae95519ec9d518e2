package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * What {@link NeighbourSearch} needs of a library: products of rows, and memory that Java reads. For CPUs.
 *
 * @param <M> a matrix of the library, {@code [rows, columns]}, float32
 */
public interface RowProducts<M extends MatrixHandle> extends SeenRows<M> {
    /** The memory of some rows, one after the other, below 2^31 bytes; valid while the matrix is open. */
    FloatBuffer memory(Some<M> rows);

    /**
     * The product of each of some rows with each of some others.
     *
     * @param products receives {@code [rows.count, others.count]}, which is valid only meanwhile
     */
    void multiply(Some<M> rows, Some<M> others, Consumer<FloatBuffer> products);
}
