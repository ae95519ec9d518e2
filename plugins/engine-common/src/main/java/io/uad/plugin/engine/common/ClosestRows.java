package io.uad.plugin.engine.common;

import java.util.Arrays;

/** The best row so far of each of some points, as {@link BestRows} for one without spare. */
final class ClosestRows {
    private final float[] best;
    private final int[] at;

    ClosestRows(int points) {
        this.best = new float[points];
        this.at = new int[points];
        Arrays.fill(best, Float.POSITIVE_INFINITY);
    }

    /** Offers a block's columns to some of its lines. */
    void take(BestRows.Block block, int from, int to) {
        var scores = new float[block.width()];
        var norms = block.normsOfColumns();
        for (var i = from; i < to; i++) {
            block.values().get(i * scores.length, scores);
            Scores.of(scores, norms);
            var closest = Scores.indexOfSmallest(scores, scores.length);
            if (scores[closest] < best[i]) {
                best[i] = scores[closest];
                at[i] = block.left() + closest;
            }
        }
    }

    /** The row of a point; the first of all where no score is a number. */
    int[] of(int point) {
        return new int[] {at[point]};
    }
}
