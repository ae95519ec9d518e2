package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies float32 values between Java and arrays of the library, some rows at a time: neither direct buffers nor the
 * library's views of its memory reach beyond 2 GiB.
 *
 * <p>Writing is in place. The library's own {@code set(Buffer)} would instead make the array share a buffer that only the
 * Java object keeps alive, and a gradient's Java object lives for a moment.
 */
final class Transfer {
    private static final int VALUES_PER_BLOCK = 1 << 22; // 16 MiB

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /** How many rows of that many values make a block, at least 1. */
    static int rowsPerBlock(long columns) {
        return (int) Math.max(1, VALUES_PER_BLOCK / Math.max(1, columns));
    }

    /** A new array with those values. */
    NDArray create(float[] values, Shape shape, NDManager manager) {
        var array = manager.create(shape);
        try {
            write(values, array);
            return array;
        } catch (RuntimeException | Error e) {
            array.close();
            throw e;
        }
    }

    /** Overwrites all of {@code target}. Without gradient mode only. */
    void write(float[] values, NDArray target) {
        write(values, target, 0, target.getShape().get(0));
    }

    /**
     * Overwrites rows {@code first} to {@code last - 1} of {@code target}. Without gradient mode only.
     *
     * @param values the rows, from index 0 on
     */
    void write(float[] values, NDArray target, long first, long last) {
        var columns = target.getShape().slice(1).size();
        var rowsPerBlock = rowsPerBlock(columns);
        for (var row = first; row < last; row += rowsPerBlock) {
            var end = Math.min(last, row + rowsPerBlock);
            var offset = Math.toIntExact((row - first) * columns);
            var count = Math.toIntExact((end - row) * columns);
            try (var block = target.getManager().newSubManager()) { // its array may alias the buffer, so it goes first
                var rows = block.create(
                        filled(values, offset, count),
                        new Shape(end - row).addAll(target.getShape().slice(1)),
                        DataType.FLOAT32);
                JniUtils.indexSet(
                        (PtNDArray) target, (PtNDArray) rows, new long[] {row}, new long[] {end}, new long[] {1});
            }
        }
    }

    /** A copy of all values, in C order. */
    static float[] read(NDArray source) {
        var target = new float[Math.toIntExact(source.size())];
        read(source, 0, source.getShape().get(0), target);
        return target;
    }

    /**
     * Copies rows {@code first} to {@code last - 1} out, to index 0 on. What the device or the layout needs on the way ends
     * with the call, not with the source.
     */
    static void read(NDArray source, long first, long last, float[] target) {
        var columns = source.getShape().slice(1).size();
        var rowsPerBlock = rowsPerBlock(columns);
        for (var row = first; row < last; row += rowsPerBlock) {
            var end = Math.min(last, row + rowsPerBlock);
            try (var block = source.getManager().newSubManager();
                    var alias = source.get(block, rows(row, end))) {
                alias.toByteBuffer(true)
                        .asFloatBuffer()
                        .get(target, Math.toIntExact((row - first) * columns), Math.toIntExact((end - row) * columns));
            }
        }
    }

    /** The index of rows {@code first} to {@code last - 1}. */
    static NDIndex rows(long first, long last) {
        return new NDIndex().addSliceDim(first, last);
    }

    private ByteBuffer filled(float[] values, int offset, int count) {
        var bytes = Math.multiplyExact(count, Float.BYTES);
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        buffer.clear().limit(bytes);
        buffer.asFloatBuffer().put(values, offset, count);
        return buffer;
    }
}
