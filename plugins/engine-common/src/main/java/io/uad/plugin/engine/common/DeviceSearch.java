package io.uad.plugin.engine.common;

import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;

/**
 * What {@link NeighbourSearch} does, on a device whose memory Java cannot read: the library picks out the best scores of a
 * block as well, and measures the distances to candidates, in float32.
 */
public final class DeviceSearch {
    private static final int SPARE = 8;

    private final int pointsPerBlock;
    private final int othersPerBlock;

    /** At most 2048 x 16384 scores at once: 128 MiB. */
    public DeviceSearch() {
        this(2048, 16384);
    }

    /** With blocks of another size. */
    public DeviceSearch(int pointsPerBlock, int othersPerBlock) {
        this.pointsPerBlock = pointsPerBlock;
        this.othersPerBlock = othersPerBlock;
    }

    /**
     * The nearest rows of each point, nearest first, ties by index.
     *
     * @param points {@code [N, D]}
     * @param others {@code [M, D]}
     * @param count at most M, without itself
     * @param leaveOutSelf whether row i of the points is row i of the others, and not to be found
     */
    public <M extends MatrixHandle> Neighbours nearest(
            DeviceRows<M> library, M points, M others, int count, boolean leaveOutSelf) {
        var length = Math.multiplyExact(points.rows(), count);
        var found = new Neighbours(count, new int[length], new float[length]);
        var wanted = (int) Math.min((long) count + SPARE + 1, others.rows());
        var origin = library.mean(others);
        for (var column = 0; column < origin.length; column++) {
            origin[column] = RowReader.origin(origin[column]);
        }
        try (var seen = library.less(SeenRows.Some.all(others), origin)) {
            for (var first = 0; first < points.rows(); first += pointsPerBlock) {
                var rows = Math.min(pointsPerBlock, points.rows() - first);
                var block = new SeenRows.Some<>(points, first, rows);
                var candidates = candidates(library, block, origin, seen, wanted);
                measure(library, block, others, candidates, leaveOutSelf);
                take(candidates, first, found);
            }
        }
        return found;
    }

    /** For each point the best {@code wanted} rows by score, as {@link RowKey}s in order. */
    private <M extends MatrixHandle> long[][] candidates(
            DeviceRows<M> library, SeenRows.Some<M> points, float[] origin, M others, int wanted) {
        var best = new long[points.count()][0];
        try (var seen = library.less(points, origin)) {
            for (var first = 0; first < others.rows(); first += othersPerBlock) {
                var block = new SeenRows.Some<>(others, first, Math.min(othersPerBlock, others.rows() - first));
                var most = Math.min(wanted, block.count());
                var smallest = library.smallest(SeenRows.Some.all(seen), block, most);
                for (var i = 0; i < best.length; i++) {
                    best[i] = merged(best[i], smallest, i * most, most, first, wanted);
                }
            }
        }
        return best;
    }

    private static long[] merged(
            long[] before, DeviceRows.Smallest smallest, int from, int count, int firstRow, int wanted) {
        var all = Arrays.copyOf(before, before.length + count);
        for (var i = 0; i < count; i++) {
            all[before.length + i] = RowKey.of(smallest.scores()[from + i], firstRow + (int) smallest.rows()[from + i]);
        }
        Arrays.sort(all);
        return all.length > wanted ? Arrays.copyOf(all, wanted) : all;
    }

    /** Puts true distances in the place of scores, the point itself last. */
    private static <M extends MatrixHandle> void measure(
            DeviceRows<M> library, SeenRows.Some<M> points, M others, long[][] candidates, boolean leaveOutSelf) {
        var at = new long[candidates.length];
        for (var rank = 0; rank < candidates[0].length; rank++) {
            for (var i = 0; i < at.length; i++) {
                at[i] = RowKey.index(candidates[i][rank]);
            }
            var squared = library.squaredDistances(points, others, at);
            for (var i = 0; i < at.length; i++) {
                var self = leaveOutSelf && at[i] == points.first() + i;
                candidates[i][rank] = self ? Long.MAX_VALUE : RowKey.of(squared[i], (int) at[i]);
            }
        }
    }

    private static void take(long[][] candidates, int first, Neighbours found) {
        for (var i = 0; i < candidates.length; i++) {
            Arrays.sort(candidates[i]);
            for (var rank = 0; rank < found.count(); rank++) {
                var to = (first + i) * found.count() + rank;
                found.indices()[to] = RowKey.index(candidates[i][rank]);
                found.squaredDistances()[to] = RowKey.value(candidates[i][rank]);
            }
        }
    }
}
