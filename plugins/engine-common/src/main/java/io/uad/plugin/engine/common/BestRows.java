package io.uad.plugin.engine.common;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The best rows so far of each of some points, by {@code |c|^2 - 2 x c}. Rows are offered in ascending order, so of equal
 * scores those that came first stay. Several threads may offer rows to points of their own.
 */
final class BestRows {
    private final int wanted;
    private final long[] keys; // [points * wanted], of each point in order
    private final int[] found;
    private final float[] bounds; // what a score must stay below to be kept

    /**
     * Without any rows.
     *
     * @param points how many
     * @param wanted rows for each, at most all there are
     */
    BestRows(int points, int wanted) {
        this.wanted = wanted;
        this.keys = new long[Math.multiplyExact(points, wanted)];
        this.found = new int[points];
        this.bounds = new float[points];
        Arrays.fill(bounds, Float.POSITIVE_INFINITY);
    }

    /**
     * A block of products.
     *
     * @param values {@code [height, width]}
     * @param top the point or row of the first line
     * @param left the row of the first column
     * @param norms of all rows, squared
     */
    record Block(FloatBuffer values, int top, int left, int height, int width, float[] norms) {
        /** A copy from index 0 on: of loops with other indices the JVM makes slow code. */
        float[] normsOfColumns() {
            return Arrays.copyOfRange(norms, left, left + width);
        }
    }

    /**
     * Offers a block's columns to some of its lines.
     *
     * @param amongThemselves whether points and rows are the same, and none is to be offered to itself
     */
    void takeLines(Block block, int from, int to, boolean amongThemselves) {
        var scores = new float[block.width];
        var norms = block.normsOfColumns();
        for (var i = from; i < to; i++) {
            block.values.get(i * block.width, scores);
            Scores.of(scores, norms);
            takeLine(block.top + i, block.left, scores, amongThemselves ? block.top + i : -1);
        }
    }

    private void takeLine(int point, int left, float[] scores, int except) {
        for (var from = 0; from < scores.length; from += Scores.CHUNK) {
            var to = Math.min(from + Scores.CHUNK, scores.length);
            if (!(Scores.smallest(scores, from, to) >= bounds[point])) {
                for (var j = from; j < to; j++) {
                    if (scores[j] < bounds[point] && left + j != except) {
                        keep(point, left + j, scores[j]);
                    }
                }
            }
        }
    }

    /** Offers a block's lines, which are rows, to some of its columns, which are points. */
    void takeColumns(Block block, int from, int to) {
        var first = block.left + from;
        var products = new float[to - from];
        var limits = Arrays.copyOfRange(bounds, first, first + products.length);
        var above = new float[products.length];
        for (var i = 0; i < block.height; i++) {
            block.values.get(i * block.width + from, products);
            var norm = block.norms[block.top + i];
            Scores.above(products, norm, limits, above);
            takeColumns(block.top + i, norm, first, products, limits, above);
        }
    }

    private void takeColumns(int row, float norm, int first, float[] products, float[] limits, float[] above) {
        for (var from = 0; from < above.length; from += Scores.CHUNK) {
            var to = Math.min(from + Scores.CHUNK, above.length);
            if (!(Scores.smallest(above, from, to) >= 0)) {
                for (var j = from; j < to; j++) {
                    if (above[j] < 0) {
                        keep(first + j, row, norm - 2 * products[j]);
                        limits[j] = bounds[first + j];
                    }
                }
            }
        }
    }

    private void keep(int point, int row, float score) {
        var first = point * wanted;
        var end = first + found[point];
        var key = RowKey.of(score, row);
        var at = -1 - Arrays.binarySearch(keys, first, end, key); // not there yet, as no row is offered twice
        if (found[point] == wanted) {
            end--;
        } else {
            found[point]++;
        }
        System.arraycopy(keys, at, keys, at + 1, end - at);
        keys[at] = key;
        if (found[point] == wanted) {
            bounds[point] = RowKey.value(keys[first + wanted - 1]);
        }
    }

    /**
     * The rows of a point, the best first. Rows whose scores are no numbers are in the places that the others leave, the
     * first ones.
     *
     * @param except the row that is not to be among them; -1 for none
     */
    int[] of(int point, int except) {
        var first = point * wanted;
        var best = new int[wanted];
        for (var i = 0; i < found[point]; i++) {
            best[i] = RowKey.index(keys[first + i]);
        }
        var row = 0;
        for (var size = found[point]; size < wanted; row++) {
            if (row != except && !contains(best, size, row)) {
                best[size++] = row;
            }
        }
        return best;
    }

    private static boolean contains(int[] rows, int size, int row) {
        return Arrays.stream(rows, 0, size).anyMatch(one -> one == row);
    }
}
