package io.uad.plugin.engine.dl4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Vectors of native float32: made, copied from and to the heap, and seen in other shapes. Several threads may copy. */
final class Floats {
    private static final long LARGE = 1 << 20;

    private Floats() {}

    /**
     * Values of any kind, to be overwritten and, in the end, closed.
     *
     * @throws OutOfMemoryError if there is not so much memory
     */
    static INDArray allocate(long length) {
        requireMemory(Math.multiplyExact(length, Float.BYTES));
        return Nd4j.createUninitialized(DataType.FLOAT, length);
    }

    /** The library does not look at what it is given, and ends the process where that is nothing. */
    private static void requireMemory(long bytes) {
        if (bytes < LARGE) {
            return;
        }
        var trial = Pointer.malloc(bytes);
        if (trial == null || trial.isNull()) {
            throw new OutOfMemoryError("cannot allocate " + bytes + " bytes");
        }
        Pointer.free(trial);
    }

    static INDArray of(float[] values) {
        var vector = allocate(values.length);
        write(vector, 0, values, 0, values.length);
        return vector;
    }

    static float[] read(INDArray vector) {
        var values = new float[Math.toIntExact(vector.length())];
        read(vector, 0, values, 0, values.length);
        return values;
    }

    /** Copies {@code count} values from {@code from} on. */
    static void read(INDArray vector, long from, float[] target, int offset, int count) {
        pointer(vector).position(from).get(target, offset, count);
    }

    /** Overwrites {@code count} values from {@code from} on. */
    static void write(INDArray vector, long from, float[] source, int offset, int count) {
        pointer(vector).position(from).put(source, offset, count);
    }

    /** The memory itself, of a vector below 2 GiB. */
    static FloatBuffer buffer(INDArray vector, int length) {
        return pointer(vector).limit(length).asBuffer();
    }

    /** Some values of a vector as a matrix that shares its memory. */
    static INDArray matrix(INDArray vector, long from, long rows, long columns) {
        var some = from == 0 && rows * columns == vector.length()
                ? vector
                : vector.get(NDArrayIndex.interval(from, from + rows * columns));
        return some.reshape('c', rows, columns);
    }

    private static FloatPointer pointer(INDArray vector) {
        return new FloatPointer(vector.data().pointer());
    }
}
