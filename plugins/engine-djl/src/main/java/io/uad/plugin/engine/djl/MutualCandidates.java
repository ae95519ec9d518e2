package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The best rows of each row of one matrix by {@code |c|^2 - 2 x c}, itself left out. A product serves both of its rows, so
 * only half of the products are computed, tile by tile; what is kept of a tile is picked out in Java, by as many threads as
 * there are cores, each of which has rows of its own. For CPUs, whose memory Java can read.
 */
final class MutualCandidates {
    private final int wanted;
    private final long[] keys; // [N * wanted], of each row in order
    private final int[] found; // [N]
    private final float[] bounds; // [N], the score that a row must stay below to be kept
    private final float[] norms; // [N], squared

    private MutualCandidates(int wanted, float[] norms) {
        this.wanted = wanted;
        this.keys = new long[Math.multiplyExact(norms.length, wanted)];
        this.found = new int[norms.length];
        this.bounds = new float[norms.length];
        this.norms = norms;
        Arrays.fill(bounds, Float.POSITIVE_INFINITY);
    }

    /**
     * Finds them. Without gradient mode only.
     *
     * @param points {@code [N, D]} on the CPU, seen from an origin near their middle
     * @param wanted how many for each, below N
     * @param rowsPerTile N of a tile, which is as wide
     * @return null if a row has fewer, as its scores are no numbers
     */
    static @Nullable MutualCandidates of(NDArray points, int wanted, int rowsPerTile) {
        var rows = (int) points.getShape().get(0);
        try (var scope = points.getManager().newSubManager()) {
            var candidates = new MutualCandidates(wanted, norms(points, rowsPerTile));
            for (var top = 0; top < rows; top += rowsPerTile) {
                for (var left = top; left < rows; left += rowsPerTile) {
                    candidates.add(points, top, left, rowsPerTile, scope);
                }
            }
            return candidates.isComplete() ? candidates : null;
        }
    }

    private static float[] norms(NDArray points, int rowsPerTile) {
        var norms = new float[(int) points.getShape().get(0)];
        for (var first = 0; first < norms.length; first += rowsPerTile) {
            try (var tile = points.getManager().newSubManager()) {
                var last = Math.min(first + rowsPerTile, norms.length);
                var values = points.get(tile, Transfer.rows(first, last))
                        .square()
                        .sum(new int[] {1})
                        .toFloatArray();
                System.arraycopy(values, 0, norms, first, values.length);
            }
        }
        return norms;
    }

    /** The candidates of one row as {@link NeighbourSearch#key}s in order. */
    long[] of(int row) {
        return Arrays.copyOfRange(keys, row * wanted, (row + 1) * wanted);
    }

    private boolean isComplete() {
        return Arrays.stream(found).allMatch(count -> count == wanted);
    }

    private void add(NDArray points, int top, int left, int rowsPerTile, NDManager scope) {
        try (var tile = scope.newSubManager()) {
            var height = Math.min(rowsPerTile, norms.length - top);
            var width = Math.min(rowsPerTile, norms.length - left);
            var rows = points.get(tile, Transfer.rows(top, top + height));
            var columns = points.get(tile, Transfer.rows(left, left + width)).transpose();
            var products = rows.matMul(columns);
            products.attach(tile);
            var values =
                    products.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
            var parts = Math.min(height, Runtime.getRuntime().availableProcessors());
            IntStream.range(0, parts).parallel().forEach(part -> {
                takeRows(values, top, left, part * height / parts, (part + 1) * height / parts, width);
            });
            if (top != left) {
                IntStream.range(0, parts).parallel().forEach(part -> {
                    takeColumns(values, top, left, height, part * width / parts, (part + 1) * width / parts, width);
                });
            }
        }
    }

    /** Offers a tile's columns to some of its rows. */
    private void takeRows(FloatBuffer products, int top, int left, int from, int to, int width) {
        var line = new float[width];
        for (var i = from; i < to; i++) {
            products.get(i * width, line);
            var row = top + i;
            var bound = bounds[row];
            for (var j = 0; j < width; j++) {
                var score = norms[left + j] - 2 * line[j];
                if (score < bound && left + j != row) {
                    bound = keep(row, left + j, score);
                }
            }
        }
    }

    /** Offers a tile's rows to some of its columns. */
    private void takeColumns(FloatBuffer products, int top, int left, int height, int from, int to, int width) {
        var line = new float[to - from];
        for (var i = 0; i < height; i++) {
            products.get(i * width + from, line);
            var norm = norms[top + i];
            for (var j = 0; j < line.length; j++) {
                var score = norm - 2 * line[j];
                if (score < bounds[left + from + j]) {
                    keep(left + from + j, top + i, score);
                }
            }
        }
    }

    /** Rows come in ascending order, so of equal scores those that came first stay. Returns the new bound. */
    private float keep(int row, int other, float score) {
        var first = row * wanted;
        var key = NeighbourSearch.key(score, other);
        var at = first + found[row];
        if (found[row] == wanted) {
            at--;
        } else {
            found[row]++;
        }
        while (at > first && keys[at - 1] > key) {
            keys[at] = keys[at - 1];
            at--;
        }
        keys[at] = key;
        if (found[row] == wanted) {
            bounds[row] = NeighbourSearch.value(keys[first + wanted - 1]);
        }
        return bounds[row];
    }
}
