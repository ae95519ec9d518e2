package io.uad.plugin.engine.common;

import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import java.util.function.IntFunction;

/** The distances to candidates, as they are, and the nearest of these. */
final class Found {
    final Neighbours neighbours;
    private final RowReader points;
    private final RowReader others;

    Found(RowReader points, RowReader others, int count) {
        this.points = points;
        this.others = others;
        var length = Math.multiplyExact(points.rows(), count);
        this.neighbours = new Neighbours(count, new int[length], new float[length]);
    }

    /**
     * Fills in the neighbours of some points.
     *
     * @param candidates of a point, as many as neighbours or more
     */
    void measure(int from, int to, IntFunction<int[]> candidates) {
        var point = new float[points.columns()];
        var other = new float[points.columns()];
        var count = neighbours.count();
        for (var row = from; row < to; row++) {
            points.read(row, point);
            var some = candidates.apply(row);
            var keys = new long[some.length];
            for (var i = 0; i < keys.length; i++) {
                others.read(some[i], other);
                keys[i] = RowKey.of((float) RowReader.squaredDistance(point, other), some[i]);
            }
            Arrays.sort(keys);
            for (var rank = 0; rank < count; rank++) {
                neighbours.indices()[row * count + rank] = RowKey.index(keys[rank]);
                neighbours.squaredDistances()[row * count + rank] = RowKey.value(keys[rank]);
            }
        }
    }
}
