package io.uad.plugin.clustering.pic;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds for each row the nearest others in the cells around it. Cell by cell, all rows that look into it are compared with
 * its members by products, {@code |x|^2 + |y|^2 - 2 x y} seen from its centroid. In the end the distances to the best are
 * measured, which loses no digits to cancellation.
 *
 * @param features {@code [N, D]}
 * @param cells of these rows
 * @param count of neighbours, below N
 * @param probes how many cells each row looks into, at most all; more where these have too few members
 * @param algebra for the products
 * @param limits of what is held at once
 */
record CellSearch(FeatureMatrix features, Cells cells, int count, int probes, LinearAlgebra algebra, Limits limits) {
    /** Candidates beyond the count, so that rounding changes neither order nor ties, unless more rows tie. */
    private static final int SPARE = 8;

    /**
     * How much is held at once.
     *
     * @param candidates of all rows that are searched for, 8 bytes each
     * @param members of a cell
     * @param products of rows and members, 4 bytes each
     */
    record Limits(int candidates, int members, int products) {
        /** 128 MiB of candidates, 16 MiB of products. */
        static final Limits USUAL = new Limits(1 << 24, 1 << 13, 1 << 22);
    }

    /** Rows as they are seen from a centroid. */
    private record Seen(int[] rows, FeatureMatrix matrix, double[] squares) {
        static Seen of(FeatureMatrix centred, int[] rows) {
            var matrix = ChosenRows.of(centred, rows);
            return new Seen(rows, matrix, ChosenRows.squares(matrix));
        }
    }

    /** The neighbours of all rows, nearest first, of equally near ones the smaller numbers first. */
    Neighbours neighbours(Progress progress) {
        var rows = features.rows();
        var found = new Neighbours(count, new int[Math.multiplyExact(rows, count)], new float[rows * count]);
        var some = Math.max(1, limits.candidates / Math.max(count + SPARE, 2 * probes)); // probes are listed twice
        try (var scores = new CellScores(cells.centroids(), algebra)) {
            for (var first = 0; first < rows; first += some) {
                var last = first + Math.min(some, rows - first);
                TrueDistances.write(features, first, last, candidates(first, last, scores, progress), found);
            }
        }
        return found;
    }

    private BestLists candidates(int first, int last, CellScores scores, Progress progress) {
        var looking = looking(first, last, scores);
        var best = new BestLists(first, last - first, count + SPARE);
        for (var cell = 0; cell < cells.count(); cell++) {
            compare(looking.of(cell).map(row -> first + row).toArray(), cell, best);
            progress.update(
                    (long) first * cells.count() + (cell + 1L) * (last - first),
                    (long) features.rows() * cells.count());
        }
        return best;
    }

    /** For each cell the rows that look into it, counted from {@code first}. */
    private Groups looking(int first, int last, CellScores scores) {
        var probed = new int[last - first][];
        scores.forEach(features, first, last, (row, ofRow) -> probed[row - first] = probed(ofRow));
        return Groups.of(cells.count(), probed);
    }

    /** The nearest cells; they have more members than are wanted, as the row may be one of them. */
    private int[] probed(float[] scores) {
        for (var some = probes; ; some = (int) Math.min(2L * some, cells.count())) {
            var nearest = CellScores.nearest(scores, some);
            if (IntStream.of(nearest).map(cells.members()::size).sum() > count) {
                return nearest;
            }
        }
    }

    private void compare(int[] rows, int cell, BestLists best) {
        var centred = features.minus(cells.centroid(cell));
        var members = cells.members().of(cell).toArray();
        for (var from = 0; from < members.length && rows.length > 0; from += limits.members) {
            var others = Seen.of(centred, part(members, from, limits.members));
            var some = Math.max(1, limits.products / others.rows.length);
            try (var handle = algebra.upload(others.matrix)) {
                for (var at = 0; at < rows.length; at += some) {
                    offer(Seen.of(centred, part(rows, at, some)), others, handle, best);
                }
            }
        }
    }

    private static int[] part(int[] rows, int from, int most) {
        return Arrays.copyOfRange(rows, from, from + Math.min(most, rows.length - from));
    }

    private void offer(Seen rows, Seen others, MatrixHandle handle, BestLists best) {
        var products = products(rows.matrix, handle);
        IntStream.range(0, rows.rows.length).parallel().forEach(at -> {
            var row = rows.rows[at];
            var ofRow = products.row(at);
            for (var j = 0; j < ofRow.length; j++) {
                if (others.rows[j] != row) {
                    best.offer(row, (float) (rows.squares[at] + others.squares[j] - 2.0 * ofRow[j]), others.rows[j]);
                }
            }
        });
    }

    private FeatureMatrix products(FeatureMatrix rows, MatrixHandle others) {
        try (var handle = algebra.upload(rows);
                var products = algebra.multiply(handle, false, others, true)) {
            return algebra.read(products);
        }
    }
}
