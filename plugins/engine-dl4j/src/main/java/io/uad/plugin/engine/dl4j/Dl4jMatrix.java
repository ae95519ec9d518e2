package io.uad.plugin.engine.dl4j;

import io.uad.api.engine.MatrixHandle;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A matrix in native memory, row by row. */
final class Dl4jMatrix implements MatrixHandle {
    private final INDArray vector;
    private final Dl4jLinearAlgebra owner;
    private final int rows;
    private final int columns;

    Dl4jMatrix(INDArray vector, int rows, int columns, Dl4jLinearAlgebra owner) {
        this.vector = vector;
        this.rows = rows;
        this.columns = columns;
        this.owner = owner;
    }

    /** The memory, at least one value long. */
    INDArray vector() {
        return vector;
    }

    /** Some rows, sharing the memory. */
    INDArray matrix(int first, int count) {
        return Floats.matrix(vector, (long) first * columns, count, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void close() {
        owner.closed(this);
    }
}
