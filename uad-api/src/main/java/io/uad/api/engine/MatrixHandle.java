package io.uad.api.engine;

/** A matrix on an engine's device. Belongs to the {@link LinearAlgebra} that made it. */
public interface MatrixHandle extends AutoCloseable {
    int rows();

    int columns();

    /** Frees it; closing twice is harmless. */
    @Override
    void close();
}
