package io.uad.plugin.engine.common;

import io.uad.api.UadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The direct buffers of a step: the inputs and the dropout masks, in the order of their use.
 *
 * <p>On a CPU an array shares the buffer it is made from, up to the end of the backward pass. So a buffer is used once in a
 * step, and again only after {@link #rewind}, when the arrays of the step before are closed.
 */
public final class StepBuffers {
    private static final int MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    private final String where;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private int used;

    /** @param where the engine, for errors, such as {@code engine/djl} */
    public StepBuffers(String where) {
        this.where = where;
    }

    /** Starts a step. */
    public void rewind() {
        used = 0;
    }

    /**
     * The next buffer, of exactly {@code samples * valuesPerSample} floats, with position 0.
     *
     * @throws UadException of kind RESOURCE if that is more than a buffer holds
     */
    public ByteBuffer next(int samples, long valuesPerSample) {
        var floats = samples * valuesPerSample;
        if (floats > MOST_FLOATS) {
            throw UadException.resource(
                    "a batch of " + samples + " samples takes " + floats + " values",
                    where,
                    "at most " + MOST_FLOATS,
                    "Lower training.batch");
        }
        var bytes = (int) floats * Float.BYTES;
        if (used == buffers.size()) {
            buffers.add(ByteBuffer.allocateDirect(0));
        }
        if (buffers.get(used).capacity() < bytes) {
            buffers.set(used, ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
        }
        return buffers.get(used++).clear().limit(bytes);
    }
}
