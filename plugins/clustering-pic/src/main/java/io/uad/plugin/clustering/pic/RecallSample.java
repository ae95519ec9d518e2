package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;

/**
 * Rows whose nearest neighbours are known. By the first half of them a search is chosen, by the others it is judged, so that
 * the choice does not flatter itself.
 *
 * @param rows their numbers, in random order
 * @param exact the neighbours of each, itself left out
 */
record RecallSample(int[] rows, Neighbours exact) {
    private static final int MOST_ROWS = 1000;

    /** Two engines, or two ways of one, measure a distance alike to that. */
    private static final double ROUNDING = 1e-5;

    /**
     * Draws rows, and compares them with all.
     *
     * @param points the features, uploaded
     */
    static RecallSample of(FeatureMatrix features, MatrixHandle points, int count, Seed seed, LinearAlgebra algebra) {
        var rows = seed.choose(Math.min(MOST_ROWS, features.rows()), features.rows());
        try (var chosen = algebra.upload(ChosenRows.of(features, rows))) {
            return new RecallSample(rows, withoutSelf(rows, algebra.nearest(chosen, points, count + 1)));
        }
    }

    /** Without the row itself; where more duplicates than were asked for hide it, without the last. */
    private static Neighbours withoutSelf(int[] rows, Neighbours all) {
        var count = all.count() - 1;
        var others = new Neighbours(count, new int[rows.length * count], new float[rows.length * count]);
        for (var at = 0; at < rows.length; at++) {
            for (int rank = 0, from = at * all.count(); rank < count; rank++, from++) {
                from += all.indices()[from] == rows[at] ? 1 : 0;
                others.indices()[at * count + rank] = all.indices()[from];
                others.squaredDistances()[at * count + rank] = all.squaredDistances()[from];
            }
        }
        return others;
    }

    /** How many rows a search is judged by. */
    int judged() {
        return rows.length - half();
    }

    private int half() {
        return rows.length / 2;
    }

    /**
     * The smallest number of cells that a row has to look into, the nearest first, for that share of the neighbours of the
     * first half, and for a standard error more: the neighbours of one row are often missed together.
     */
    int probes(double share, FeatureMatrix features, Cells cells, LinearAlgebra algebra) {
        var count = exact.count();
        var ranks = new int[half() * count];
        try (var scores = new CellScores(cells.centroids(), algebra)) {
            scores.forEach(ChosenRows.of(features, rows, 0, half()), 0, half(), (at, ofRow) -> {
                for (var to = at * count; to < (at + 1) * count; to++) {
                    ranks[to] = CellScores.rank(ofRow, cells.labels()[exact.indices()[to]]);
                }
            });
        }
        Arrays.sort(ranks);
        var wanted = Math.min(1, share + Math.sqrt(share * (1 - share) / half()));
        return 1 + ranks[Math.max(0, (int) Math.ceil(wanted * ranks.length) - 1)];
    }

    /** The share of neighbours of the other half that are as near as the exact ones. */
    double recall(Neighbours found) {
        var count = exact.count();
        var hits = 0;
        for (var at = half(); at < rows.length; at++) {
            var farthest = exact.squaredDistances()[(at + 1) * count - 1] * (1 + ROUNDING);
            for (var rank = 0; rank < count; rank++) {
                hits += found.squaredDistances()[rows[at] * count + rank] <= farthest ? 1 : 0;
            }
        }
        return hits / (double) (judged() * count);
    }
}
