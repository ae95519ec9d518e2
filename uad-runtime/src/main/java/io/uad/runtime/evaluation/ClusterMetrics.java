package io.uad.runtime.evaluation;

import java.util.HashMap;
import java.util.Map;

/**
 * How far two labellings of the same samples agree, whatever their labels are called.
 *
 * <p>A sample whose label is negative on either side (noise, or no known class) is left out of both. The conventions are
 * scikit-learn's, so figures compare with published ones.
 */
public final class ClusterMetrics {
    private ClusterMetrics() {}

    /**
     * Normalised mutual information, {@code 2 I(A; B) / (H(A) + H(B))}: the arithmetic mean of the entropies is the
     * normaliser. In [0, 1]. Two labellings of one cluster each agree: 1; so do two of no samples.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double nmi(int[] a, int[] b) {
        var table = Contingency.of(a, b);
        if (table.rows.length <= 1 && table.columns.length <= 1) {
            return 1;
        }
        var n = (double) table.samples;
        var information = 0.0;
        for (var i = 0; i < table.counts.length; i++) {
            var row = table.rows[table.rowOf[i]];
            var column = table.columns[table.columnOf[i]];
            information += table.counts[i] / n * (Math.log(n * table.counts[i]) - Math.log((double) row * column));
        }
        // One cluster on one side only: no information, and rounding must not invent any.
        if (table.rows.length <= 1 || table.columns.length <= 1) {
            return 0;
        }
        var normaliser = (entropy(table.rows, n) + entropy(table.columns, n)) / 2;
        return Math.min(1, Math.max(0, information / normaliser));
    }

    /**
     * The adjusted Rand index (Hubert and Arabie, 1985): 1 for equal partitions, 0 expected for independent ones, down to
     * -0.5. Two labellings without a pair to disagree on agree: 1.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double ari(int[] a, int[] b) {
        var table = Contingency.of(a, b);
        var both = pairs(table.counts);
        var inA = pairs(table.rows);
        var inB = pairs(table.columns);
        if (both == inA && both == inB) {
            return 1;
        }
        var all = (double) table.samples * (table.samples - 1) / 2;
        var expected = inA * inB / all;
        return (both - expected) / ((inA + inB) / 2 - expected);
    }

    /**
     * The share of samples whose label agrees when each label of one side is paired with at most one of the other, in the
     * best way there is (the Hungarian method's problem), 0 to 1. Two labellings of no samples agree: 1.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double accuracy(int[] a, int[] b) {
        var table = Contingency.of(a, b);
        if (table.samples == 0) {
            return 1;
        }
        var rows = Matching.largest(table.columns.length, table.rowOf, table.columnOf, table.counts);
        var paired = 0L;
        for (var i = 0; i < table.counts.length; i++) {
            paired += rows[table.columnOf[i]] == table.rowOf[i] ? table.counts[i] : 0;
        }
        return (double) paired / table.samples;
    }

    private static double pairs(int[] sizes) {
        var pairs = 0.0;
        for (var size : sizes) {
            pairs += (double) size * (size - 1) / 2;
        }
        return pairs;
    }

    private static double entropy(int[] sizes, double n) {
        var entropy = 0.0;
        for (var size : sizes) {
            entropy -= size / n * Math.log(size / n);
        }
        return entropy;
    }

    /** The non-empty cells of the table of common members, with its margins. */
    private static final class Contingency {
        private final int samples;
        private final int[] counts;
        private final int[] rowOf;
        private final int[] columnOf;
        private final int[] rows;
        private final int[] columns;

        private Contingency(int samples, int[] counts, int[] rowOf, int[] columnOf, int rows, int columns) {
            this.samples = samples;
            this.counts = counts;
            this.rowOf = rowOf;
            this.columnOf = columnOf;
            this.rows = new int[rows];
            this.columns = new int[columns];
            for (var i = 0; i < counts.length; i++) {
                this.rows[rowOf[i]] += counts[i];
                this.columns[columnOf[i]] += counts[i];
            }
        }

        private static Contingency of(int[] a, int[] b) {
            if (a.length != b.length) {
                throw new IllegalArgumentException(
                        "both labellings must have one length, were " + a.length + " and " + b.length);
            }
            // Numbers are given in the order of first appearance, so sums do not depend on what the labels are called.
            var rows = new HashMap<Integer, Integer>();
            var columns = new HashMap<Integer, Integer>();
            var cells = new HashMap<Long, Integer>();
            var cellOf = new int[a.length];
            var samples = 0;
            for (var i = 0; i < a.length; i++) {
                if (a[i] < 0 || b[i] < 0) {
                    cellOf[i] = -1;
                    continue;
                }
                var row = number(rows, a[i]);
                var column = number(columns, b[i]);
                cellOf[i] = number(cells, ((long) row << 32) | column);
                samples++;
            }
            var counts = new int[cells.size()];
            for (var cell : cellOf) {
                if (cell >= 0) {
                    counts[cell]++;
                }
            }
            var rowOf = new int[counts.length];
            var columnOf = new int[counts.length];
            cells.forEach((key, cell) -> {
                rowOf[cell] = (int) (key >> 32);
                columnOf[cell] = key.intValue();
            });
            return new Contingency(samples, counts, rowOf, columnOf, rows.size(), columns.size());
        }

        private static <K> int number(Map<K, Integer> numbers, K key) {
            var next = numbers.size();
            var known = numbers.putIfAbsent(key, next);
            return known == null ? next : known;
        }
    }
}
