package io.uad.plugin.engine.dl4j;

import io.uad.api.TensorShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What B samples hold between two layers: {@code [B, H, W, C]}, channels next to each other, in which order convolutions are
 * fastest; vectors {@code [B, n]}.
 *
 * <p>Whoever is handed one holds it: it hands it on or lets go of it, and the last to do so gives the memory back. The only
 * holder may overwrite it.
 */
final class Maps {
    private final Memory memory;
    private final Memory.Block block;
    private final int samples;
    private final TensorShape shape;
    private int holders = 1;

    private Maps(Memory memory, Memory.Block block, int samples, TensorShape shape) {
        this.memory = memory;
        this.block = block;
        this.samples = samples;
        this.shape = shape;
    }

    /** New ones, with any values. */
    static Maps take(Memory memory, int samples, TensorShape shape) {
        return new Maps(memory, memory.take((long) samples * shape.size()), samples, shape);
    }

    /** New ones in the same memory, with any values. */
    Maps another(TensorShape shape) {
        return take(memory, samples, shape);
    }

    /** Adds a holder. */
    Maps hold() {
        holders++;
        return this;
    }

    void letGo() {
        if (--holders == 0) {
            memory.give(block);
        }
    }

    /** Whether nobody but the caller looks at them any more. */
    boolean mayBeOverwritten() {
        return holders == 1;
    }

    Memory memory() {
        return memory;
    }

    int samples() {
        return samples;
    }

    TensorShape shape() {
        return shape;
    }

    int channels() {
        return shape.channels();
    }

    /** Values of one channel of one sample. */
    int area() {
        return shape.height() * shape.width();
    }

    /** Places of all samples. */
    long rows() {
        return (long) samples * area();
    }

    long size() {
        return (long) samples * shape.size();
    }

    /** The memory, which may be longer than the values. */
    INDArray vector() {
        return block.vector();
    }

    /** Everything as {@code [rows, channels]}. */
    INDArray matrix() {
        return Floats.matrix(vector(), 0, rows(), channels());
    }

    /** Some places as {@code [count, channels]}. */
    INDArray matrix(long first, long count) {
        return Floats.matrix(vector(), first * channels(), count, channels());
    }

    /** Everything as {@code [B, H, W, C]}. */
    INDArray images() {
        return matrix().reshape('c', samples, shape.height(), shape.width(), channels());
    }
}
