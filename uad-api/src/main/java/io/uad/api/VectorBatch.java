package io.uad.api;

import java.nio.FloatBuffer;

/**
 * Ready-made vectors as inputs of a network: the pooled features of a linear probe, or features from a file.
 *
 * @since 0.1
 */
public final class VectorBatch implements Batch {
    private final int size;
    private final int columns;
    private final float[] values;

    /**
     * @param values {@code [size, columns]}, row by row; not copied and owned by the batch from here on
     * @param size B, at least 1
     * @param columns at least 1
     * @throws IllegalArgumentException if one is below that, or the length of {@code values} is not {@code size * columns}
     */
    public VectorBatch(float[] values, int size, int columns) {
        if (size < 1 || columns < 1 || values.length != Math.multiplyExact(size, columns)) {
            throw new IllegalArgumentException(values.length + " values are not " + size + " rows of " + columns);
        }
        this.values = values;
        this.size = size;
        this.columns = columns;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public TensorShape shape() {
        return TensorShape.vector(columns);
    }

    @Override
    public void writeTo(FloatBuffer target) {
        target.put(values);
    }
}
