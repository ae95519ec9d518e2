package io.uad.api.engine;

/**
 * A matrix on an engine's device. Belongs to the {@link LinearAlgebra} that made it.
 *
 * @since 0.1
 */
public interface MatrixHandle extends AutoCloseable {
    /** Rows, at least 0. */
    int rows();

    /** Columns, at least 1. */
    int columns();

    /** Frees it; closing twice is harmless. */
    @Override
    void close();
}
