package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.core.Linear;
import io.uad.api.engine.Neighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds nearest rows by {@code |c|^2 - 2 x c}, tile by tile, then measures the distance to those found as a sum of squared
 * differences, which loses no digits to cancellation. For the first step the origin is the mean of the rows, in whole
 * numbers: far from it few digits would be left, and vectors of about length 1 stay as they are.
 *
 * <p>A few more candidates than asked for are measured, so that the rounding of the first step changes neither the order
 * nor ties. Only where more than {@value #SPARE} rows tie at the border it decides which of them are taken, the same ones
 * each time. A single nearest among few rows takes the short way, without candidates; the neighbours of many rows among
 * themselves are found by {@link MutualCandidates} where Java can read the device's memory.
 */
final class NeighbourSearch {
    private static final int SPARE = 8;

    private final int pointsPerBlock;
    private final int rowsPerTile;

    /** At most 2048 x 16384 scores at once: 128 MiB. */
    NeighbourSearch() {
        this(2048, 16384);
    }

    NeighbourSearch(int pointsPerBlock, int rowsPerTile) {
        this.pointsPerBlock = pointsPerBlock;
        this.rowsPerTile = rowsPerTile;
    }

    /**
     * Some of the rows that are searched.
     *
     * @param first the index of the first
     * @param rows {@code [T, D]}, times -2
     * @param norms {@code [T]}, squared
     */
    private record Tile(int first, NDArray rows, NDArray norms) {
        /** {@code |c|^2 - 2 x c} for some points, {@code [P, T]}. */
        NDArray scores(NDArray x, NDManager scope) {
            var scores = Linear.linear(x, rows, norms).singletonOrThrow();
            scores.attach(scope);
            return scores;
        }
    }

    /**
     * The nearest rows of each point, nearest first, ties by index. Without gradient mode only.
     *
     * @param points {@code [N, D]}
     * @param others {@code [M, D]}
     * @param count at most M, without itself
     * @param leaveOutSelf whether row i of the points is row i of the others, and not to be found
     */
    Neighbours nearest(NDArray points, NDArray others, int count, boolean leaveOutSelf) {
        var rows = (int) points.getShape().get(0);
        var indices = new int[Math.multiplyExact(rows, count)];
        var distances = new float[indices.length];
        try (var whole = points.getManager().newSubManager()) {
            var origin = origin(others, whole);
            var mutual = leaveOutSelf ? mutual(points, origin, count, whole) : null;
            var tiles = mutual == null ? tiles(others, origin, whole) : List.<Tile>of();
            for (var first = 0; first < rows; first += pointsPerBlock) {
                try (var block = whole.newSubManager()) {
                    var x = points.get(block, Transfer.rows(first, Math.min(first + pointsPerBlock, rows)));
                    if (count == 1 && !leaveOutSelf && tiles.size() == 1) {
                        closest(x, origin, first, others, tiles.get(0), indices, distances);
                    } else {
                        var wanted = (int) Math.min(
                                (long) count + SPARE + 1, others.getShape().get(0));
                        var candidates = mutual == null
                                ? candidates(x, origin, tiles, wanted)
                                : candidates(mutual, first, (int) x.getShape().get(0));
                        measure(x, first, others, candidates, leaveOutSelf);
                        take(candidates, first, count, indices, distances);
                    }
                }
            }
        }
        return new Neighbours(count, indices, distances);
    }

    /** The mean of the rows, rounded; null if it is the origin. */
    private static @Nullable NDArray origin(NDArray others, NDManager whole) {
        try (var scope = whole.newSubManager()) {
            var mean = others.mean(new int[] {0});
            mean.attach(scope);
            var rounded = mean.round();
            for (var value : rounded.toFloatArray()) {
                if (value != 0) {
                    rounded.attach(whole);
                    return rounded;
                }
            }
            return null;
        }
    }

    /** The points, seen from the origin. */
    private static NDArray seen(NDArray x, @Nullable NDArray origin, NDManager scope) {
        if (origin == null) {
            return x;
        }
        var seen = x.sub(origin);
        seen.attach(scope);
        return seen;
    }

    /** Candidates from half of the products; null where they must be found otherwise. */
    private @Nullable MutualCandidates mutual(NDArray points, @Nullable NDArray origin, int count, NDManager whole) {
        var rows = (int) points.getShape().get(0);
        if (points.getDevice().isGpu() || rows <= pointsPerBlock) {
            return null;
        }
        try (var scope = whole.newSubManager()) {
            return MutualCandidates.of(seen(points, origin, scope), Math.min(count + SPARE, rows - 1), pointsPerBlock);
        }
    }

    private static long[][] candidates(MutualCandidates mutual, int first, int rows) {
        return IntStream.range(first, first + rows).mapToObj(mutual::of).toArray(long[][]::new);
    }

    private List<Tile> tiles(NDArray others, @Nullable NDArray origin, NDManager whole) {
        var rows = (int) others.getShape().get(0);
        var tiles = new ArrayList<Tile>();
        for (var first = 0; first < rows; first += rowsPerTile) {
            try (var scope = whole.newSubManager()) {
                var rowsOfTile = others.get(scope, Transfer.rows(first, Math.min(first + rowsPerTile, rows)));
                var tile = seen(rowsOfTile, origin, scope);
                var norms = tile.square().sum(new int[] {1});
                var twice = tile.mul(-2);
                norms.attach(whole);
                twice.attach(whole);
                tiles.add(new Tile(first, twice, norms));
            }
        }
        return tiles;
    }

    private static void closest(
            NDArray x,
            @Nullable NDArray origin,
            int first,
            NDArray others,
            Tile tile,
            int[] indices,
            float[] distances) {
        try (var scope = x.getManager().newSubManager()) {
            var at = tile.scores(seen(x, origin, scope), scope).argMin(1).toLongArray();
            System.arraycopy(squaredDistances(x, others, at), 0, distances, first, at.length);
            for (var i = 0; i < at.length; i++) {
                indices[first + i] = (int) at[i];
            }
        }
    }

    /** For each point the best {@code wanted} rows by score, as {@link #key}s in order. */
    private static long[][] candidates(NDArray x, @Nullable NDArray origin, List<Tile> tiles, int wanted) {
        var best = new long[(int) x.getShape().get(0)][0];
        try (var own = x.getManager().newSubManager()) {
            var seen = seen(x, origin, own);
            for (var tile : tiles) {
                try (var scope = own.newSubManager()) {
                    var most = (int) Math.min(wanted, tile.norms.size());
                    var top = tile.scores(seen, scope).topK(most, 1, false, false);
                    var values = top.get(0).toFloatArray();
                    var at = top.get(1).toLongArray();
                    for (var i = 0; i < best.length; i++) {
                        best[i] = merged(best[i], values, at, i * most, most, tile.first, wanted);
                    }
                }
            }
        }
        return best;
    }

    private static long[] merged(
            long[] before, float[] values, long[] at, int from, int count, int firstRow, int wanted) {
        var all = Arrays.copyOf(before, before.length + count);
        for (var i = 0; i < count; i++) {
            all[before.length + i] = key(values[from + i], firstRow + (int) at[from + i]);
        }
        Arrays.sort(all);
        return all.length > wanted ? Arrays.copyOf(all, wanted) : all;
    }

    /** Puts true distances in the place of scores, the point itself last. */
    private static void measure(NDArray x, int first, NDArray others, long[][] candidates, boolean leaveOutSelf) {
        var at = new long[candidates.length];
        for (var rank = 0; rank < candidates[0].length; rank++) {
            for (var i = 0; i < at.length; i++) {
                at[i] = index(candidates[i][rank]);
            }
            var squared = squaredDistances(x, others, at);
            for (var i = 0; i < at.length; i++) {
                var self = leaveOutSelf && at[i] == first + i;
                candidates[i][rank] = self ? Long.MAX_VALUE : key(squared[i], (int) at[i]);
            }
        }
    }

    private static void take(long[][] candidates, int first, int count, int[] indices, float[] distances) {
        for (var i = 0; i < candidates.length; i++) {
            Arrays.sort(candidates[i]);
            for (var rank = 0; rank < count; rank++) {
                indices[(first + i) * count + rank] = index(candidates[i][rank]);
                distances[(first + i) * count + rank] = value(candidates[i][rank]);
            }
        }
    }

    /** {@code |x_i - others_at[i]|^2}. */
    private static float[] squaredDistances(NDArray x, NDArray others, long[] at) {
        try (var scope = x.getManager().newSubManager()) {
            var chosen = others.get(scope, new NDIndex("{}", scope.create(at)));
            return chosen.subi(x).square().sum(new int[] {1}).toFloatArray();
        }
    }

    /** Orders by value, then by index; NaN comes last. */
    static long key(float value, int index) {
        var bits = Float.floatToIntBits(value);
        return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | index;
    }

    private static int index(long key) {
        return (int) key;
    }

    static float value(long key) {
        var bits = (int) (key >> 32);
        return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }
}
