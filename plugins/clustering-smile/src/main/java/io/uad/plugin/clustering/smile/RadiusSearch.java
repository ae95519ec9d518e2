package io.uad.plugin.clustering.smile;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import java.util.List;
import java.util.stream.IntStream;
import smile.neighbor.Neighbor;
import smile.neighbor.RNNSearch;

/**
 * Rows within a radius of a row, itself included as in DBSCAN's paper, in the order of their numbers. All pairs are
 * compared, as trees help little with many columns.
 */
final class RadiusSearch implements RNNSearch<Integer, Integer> {
    private final float[][] rows;
    private final Integer[] numbers;
    private final Progress progress;
    private int searches;

    RadiusSearch(FeatureMatrix features, Progress progress) {
        this.rows = new float[features.rows()][];
        this.numbers = new Integer[features.rows()];
        this.progress = progress;
        for (var row = 0; row < rows.length; row++) {
            rows[row] = features.row(row);
            numbers[row] = row;
        }
    }

    /** The keys: 0 to N - 1; not copied. */
    Integer[] numbers() {
        return numbers;
    }

    @Override
    public void range(Integer key, double radius, List<Neighbor<Integer, Integer>> neighbors) {
        progress.update(Math.min(++searches, rows.length), rows.length); // some rows are asked for twice
        var found = IntStream.range(0, rows.length)
                .parallel()
                .filter(other -> squaredDistance(rows[key], rows[other]) <= radius * radius)
                .toArray();
        for (var other : found) {
            neighbors.add(new Neighbor<>(numbers[other], numbers[other], other, radius)); // nobody reads the distance
        }
    }

    private static double squaredDistance(float[] one, float[] other) {
        var sum = 0.0;
        for (var j = 0; j < one.length; j++) {
            var difference = (double) one[j] - other[j];
            sum += difference * difference;
        }
        return sum;
    }
}
