package io.uad.plugin.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory of a session's passes. A block that is given back serves again, in this pass or the next one: what is
 * held is what the largest pass needs at once, and no collector of garbage has a part in it.
 */
final class Memory implements AutoCloseable {
    private static final int MOST_TIMES_TOO_LARGE = 2;

    private final List<Block> free = new ArrayList<>();
    private final List<Block> taken = new ArrayList<>();

    /** One vector. */
    static final class Block {
        private final INDArray vector;
        private boolean used = true; // in this pass

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
            block.used = true;
        }
        taken.add(block);
        return block;
    }

    /** Takes a block back. */
    void give(Block block) {
        if (taken.remove(block)) {
            free.add(block);
        }
    }

    /** Ends a pass: all blocks are given back, and those that it had no use for are freed. */
    void finish() {
        free.addAll(taken);
        taken.clear();
        free.removeIf(block -> {
            if (!block.used) {
                block.vector.close();
            }
            return !block.used;
        });
        free.forEach(block -> block.used = false);
    }

    @Override
    public void close() {
        finish();
        finish(); // the second time nothing was used
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
