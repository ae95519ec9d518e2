package io.uad.plugin.clustering.pic;

import io.uad.api.Progress;
import java.util.Arrays;

/**
 * How central each row is: from {@code v = 1 / N}, repeated {@code v = alpha W v + (1 - alpha) / N}, each time divided by its
 * sum. In double, as v differs from row to row by little more than alpha.
 */
record PowerIteration(double alpha, int iterations) {
    /** The last v, {@code [N]}. */
    double[] of(NeighbourGraph graph, Progress progress) {
        var rows = graph.rows();
        var v = new double[rows];
        Arrays.fill(v, 1.0 / rows);
        for (var iteration = 0; iteration < iterations; iteration++) {
            v = graph.times(v);
            var sum = 0.0;
            for (var row = 0; row < rows; row++) {
                v[row] = alpha * v[row] + (1 - alpha) / rows;
                sum += v[row];
            }
            for (var row = 0; row < rows; row++) {
                v[row] /= sum;
            }
            progress.update(iteration + 1, iterations);
        }
        return v;
    }
}
