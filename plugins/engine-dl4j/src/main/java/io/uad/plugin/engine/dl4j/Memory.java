package io.uad.plugin.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory of a session's passes. A block that is given back serves again, in this pass or a later one, and no
 * collector of garbage has a part in it. A block is freed when some passes had no use for it: soon after the last pass of a
 * kind, but not between training steps and evaluations that take turns, which would leave the process's memory in pieces.
 */
final class Memory implements AutoCloseable {
    private static final int MOST_TIMES_TOO_LARGE = 4;
    private static final int MOST_IDLE_PASSES = 8;

    private final List<Block> free = new ArrayList<>();
    private final List<Block> taken = new ArrayList<>();

    /** One vector. */
    static final class Block {
        private final INDArray vector;
        private int idlePasses;

        private Block(INDArray vector) {
            this.vector = vector;
        }

        INDArray vector() {
            return vector;
        }
    }

    /** A block of at least so many floats, with any values. */
    Block take(long floats) {
        var block = smallestFree(floats);
        if (block == null) {
            block = new Block(Floats.allocate(floats));
        } else {
            free.remove(block);
        }
        taken.add(block);
        return block;
    }

    /** Takes a block back. */
    void give(Block block) {
        if (taken.remove(block)) {
            block.idlePasses = 0;
            free.add(block);
        }
    }

    /** Ends a pass: all blocks are given back, and those that lay idle for long are freed. */
    void finish() {
        taken.forEach(block -> block.idlePasses = 0);
        free.addAll(taken);
        taken.clear();
        free.removeIf(block -> {
            var isIdle = block.idlePasses++ > MOST_IDLE_PASSES;
            if (isIdle) {
                block.vector.close();
            }
            return isIdle;
        });
    }

    @Override
    public void close() {
        free.addAll(taken);
        taken.clear();
        free.forEach(block -> block.vector.close());
        free.clear();
    }

    private @Nullable Block smallestFree(long floats) {
        Block best = null;
        for (var block : free) {
            var length = block.vector.length();
            var fits = length >= floats && length <= floats * MOST_TIMES_TOO_LARGE;
            if (fits && (best == null || length < best.vector.length())) {
                best = block;
            }
        }
        return best;
    }
}
