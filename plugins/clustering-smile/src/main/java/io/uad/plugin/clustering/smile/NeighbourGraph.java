package io.uad.plugin.clustering.smile;

import io.uad.api.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How strongly near rows belong together, as UMAP sees it (algorithms 1 to 3 of its paper): between 0 and 1, each pair
 * from both ends.
 *
 * @param heads a row of each pair
 * @param tails the other
 * @param weights of the pair
 */
record NeighbourGraph(int[] heads, int[] tails, double[] weights) {
    private static final int ROWS_PER_BLOCK = 64;
    private static final int BISECTIONS = 64;
    private static final double TOLERANCE = 1e-5; // of a sum that is log2(k)
    private static final double LEAST_WIDTH = 1e-3; // of the mean distance

    /**
     * Compares all pairs of rows. Of neighbours that are equally near the first are taken.
     *
     * @param count k, how many others a row looks at: at least 2, and below N
     */
    static NeighbourGraph of(ScaledRows scaled, int count, Progress progress) {
        var size = scaled.rows().length;
        var neighbours = new int[size][count];
        var distances = new double[size][count];
        for (var from = 0; from < size; from += ROWS_PER_BLOCK) {
            progress.update(from, size);
            IntStream.range(from, Math.min(from + ROWS_PER_BLOCK, size))
                    .parallel()
                    .forEach(row -> search(scaled, row, neighbours[row], distances[row]));
        }
        var mean = Arrays.stream(distances)
                .mapToDouble(row -> Arrays.stream(row).sum() / count)
                .average()
                .orElseThrow();
        for (var row : distances) {
            toMemberships(row, mean);
        }
        return union(neighbours, distances);
    }

    private static void search(ScaledRows scaled, int row, int[] nearest, double[] distances) {
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        var last = nearest.length - 1;
        for (var other = 0; other < scaled.rows().length; other++) {
            var distance = other == row ? Double.POSITIVE_INFINITY : Math.sqrt(scaled.squaredDistance(row, other));
            if (distance < distances[last]) {
                var at = last;
                for (; at > 0 && distance < distances[at - 1]; at--) {
                    nearest[at] = nearest[at - 1];
                    distances[at] = distances[at - 1];
                }
                nearest[at] = other;
                distances[at] = distance;
            }
        }
    }

    /**
     * Replaces the distances of a row by {@code exp(-(d - rho) / sigma)}, at most 1, where rho is the distance to the
     * nearest row that differs and sigma makes the sum {@code log2(k)}.
     */
    private static void toMemberships(double[] distances, double meanOfAll) {
        var rho = Arrays.stream(distances).filter(d -> d > 0).findFirst().orElse(0);
        var target = StrictMath.log(distances.length) / StrictMath.log(2);
        var low = 0.0;
        var high = Double.POSITIVE_INFINITY;
        var sigma = 1.0;
        for (var i = 0; i < BISECTIONS; i++) {
            var sum = 0.0;
            for (var distance : distances) {
                sum += membership(distance, rho, sigma);
            }
            if (Math.abs(sum - target) < TOLERANCE) {
                break;
            }
            if (sum > target) {
                high = sigma;
            } else {
                low = sigma;
            }
            sigma = Double.isInfinite(high) ? 2 * sigma : (low + high) / 2;
        }
        // Where many rows are equally near no sigma is small enough.
        var mean = rho > 0 ? Arrays.stream(distances).sum() / distances.length : meanOfAll;
        var width = Math.max(sigma, LEAST_WIDTH * mean);
        Arrays.setAll(distances, i -> membership(distances[i], rho, width));
    }

    private static double membership(double distance, double rho, double sigma) {
        return distance <= rho ? 1 : StrictMath.exp((rho - distance) / sigma);
    }

    /** The fuzzy union {@code a + b - ab} of what two rows are to each other, 0 if one does not see the other. */
    private static NeighbourGraph union(int[][] neighbours, double[][] memberships) {
        var most = 2 * neighbours.length * neighbours[0].length;
        var graph = new NeighbourGraph(new int[most], new int[most], new double[most]);
        var pairs = 0;
        for (var row = 0; row < neighbours.length; row++) {
            for (var i = 0; i < neighbours[row].length; i++) {
                var other = neighbours[row][i];
                var back = indexOf(row, neighbours[other]);
                var there = memberships[row][i];
                if (back < 0) {
                    graph.set(pairs++, row, other, there);
                    graph.set(pairs++, other, row, there);
                } else {
                    graph.set(pairs++, row, other, there + memberships[other][back] * (1 - there));
                }
            }
        }
        return new NeighbourGraph(
                Arrays.copyOf(graph.heads, pairs),
                Arrays.copyOf(graph.tails, pairs),
                Arrays.copyOf(graph.weights, pairs));
    }

    private static int indexOf(int row, int[] rows) {
        var at = rows.length - 1;
        while (at >= 0 && rows[at] != row) {
            at--;
        }
        return at;
    }

    private void set(int pair, int head, int tail, double weight) {
        heads[pair] = head;
        tails[pair] = tail;
        weights[pair] = weight;
    }
}
