package io.uad.plugin.clustering.pic;

import io.uad.api.Progress;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How central each row is: from {@code v = 1 / N}, repeated {@code v = alpha W v + (1 - alpha) / N}, each time divided by its
 * sum. In double, as v differs from row to row by little more than alpha. Threads share the rows in blocks of a fixed size,
 * whose sums are added in order, so that v is the same for any number of threads.
 */
record PowerIteration(double alpha, int iterations) {
    private static final int ROWS_PER_BLOCK = 2048;

    /** The last v, {@code [N]}. */
    double[] of(NeighbourGraph graph, Progress progress) {
        var rows = graph.rows();
        var v = new double[rows];
        Arrays.fill(v, 1.0 / rows);
        var next = new double[rows];
        for (var iteration = 0; iteration < iterations; iteration++) {
            step(graph, v, next);
            var before = v;
            v = next;
            next = before;
            progress.update(iteration + 1, iterations);
        }
        return v;
    }

    private void step(NeighbourGraph graph, double[] v, double[] next) {
        var rows = v.length;
        var sums = new double[(rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK];
        IntStream.range(0, sums.length).parallel().forEach(block -> {
            var ofBlock = 0.0;
            for (var row = block * ROWS_PER_BLOCK; row < end(block, rows); row++) {
                next[row] = alpha * graph.product(row, v) + (1 - alpha) / rows;
                ofBlock += next[row];
            }
            sums[block] = ofBlock;
        });
        var sum = 0.0;
        for (var ofBlock : sums) {
            sum += ofBlock;
        }
        var total = sum;
        IntStream.range(0, sums.length).parallel().forEach(block -> {
            for (var row = block * ROWS_PER_BLOCK; row < end(block, rows); row++) {
                next[row] /= total;
            }
        });
    }

    private static int end(int block, int rows) {
        return (int) Math.min((block + 1L) * ROWS_PER_BLOCK, rows);
    }
}
