package io.uad.runtime.evaluation;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;

/** Rows among which the nearest are looked for, block by block, so that a device holds one block at a time. */
final class NeighbourBank {
    private final FeatureMatrix rows;
    private final int rowsPerBlock;
    private final LinearAlgebra algebra;

    /**
     * @param rows {@code [M, D]}, at least one
     * @param rowsPerBlock at least 1
     */
    NeighbourBank(FeatureMatrix rows, int rowsPerBlock, LinearAlgebra algebra) {
        this.rows = rows;
        this.rowsPerBlock = rowsPerBlock;
        this.algebra = algebra;
    }

    /** D. */
    int columns() {
        return rows.columns();
    }

    /**
     * The nearest rows of each query by squared Euclidean distance, nearest first; ties go to the smaller index.
     *
     * @param queries {@code [n, D]}
     * @param count 1 to M
     */
    Neighbours nearest(FeatureMatrix queries, int count) {
        var indices = new int[Math.multiplyExact(queries.rows(), count)];
        var distances = new float[indices.length];
        Arrays.fill(distances, Float.POSITIVE_INFINITY);
        try (var points = algebra.upload(queries)) {
            for (var first = 0; first < rows.rows(); first += rowsPerBlock) {
                var some = Math.min(rowsPerBlock, rows.rows() - first);
                var values = new float[Math.multiplyExact(some, rows.columns())];
                rows.read(first, some, values);
                try (var block = algebra.upload(FeatureMatrix.of(values, rows.columns()))) {
                    var found = algebra.nearest(points, block, Math.min(count, some));
                    for (var query = 0; query < queries.rows(); query++) {
                        merge(found, query, first, indices, distances, count);
                    }
                }
            }
        }
        return new Neighbours(count, indices, distances);
    }

    /** Later blocks have larger indices, so a tie leaves those that are there in front. */
    private static void merge(Neighbours found, int query, int first, int[] indices, float[] distances, int count) {
        var from = query * count;
        for (var i = query * found.count(); i < (query + 1) * found.count(); i++) {
            var distance = found.squaredDistances()[i];
            var at = from + count;
            while (at > from && distance < distances[at - 1]) {
                at--;
            }
            if (at == from + count) {
                return; // what follows is farther still
            }
            System.arraycopy(distances, at, distances, at + 1, from + count - at - 1);
            System.arraycopy(indices, at, indices, at + 1, from + count - at - 1);
            distances[at] = distance;
            indices[at] = first + found.indices()[i];
        }
    }
}
