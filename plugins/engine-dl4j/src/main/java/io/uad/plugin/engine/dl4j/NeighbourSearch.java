package io.uad.plugin.engine.dl4j;

import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.RowKey;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds nearest rows by {@code |c|^2 - 2 x c}, tile by tile, then measures the distance to those found as a sum of squared
 * differences in double. For the first step the origin is the mean of the rows, in whole numbers: far from it few digits
 * would be left, and vectors of about length 1 stay as they are.
 *
 * <p>Some more candidates than asked for are kept, and measured as far as the rounding of the first step may have put them
 * behind, so that it changes neither the order nor ties. Only where more than {@value #SPARE} rows tie at the border it
 * decides which of them are taken, the same ones each time.
 */
final class NeighbourSearch {
    private static final int SPARE = 32;
    /** Of the squares of both rows: some ten times what float32 sums of hundreds of products are off by. */
    private static final double ROUNDING = 1e-5;

    private final Workers workers;
    private final int pointsPerBlock;
    private final int rowsPerTile;

    /** At most 1024 x 8192 scores at once: 32 MiB. */
    NeighbourSearch(Workers workers) {
        this(workers, 1024, 8192);
    }

    NeighbourSearch(Workers workers, int pointsPerBlock, int rowsPerTile) {
        this.workers = workers;
        this.pointsPerBlock = pointsPerBlock;
        this.rowsPerTile = rowsPerTile;
    }

    /**
     * What is searched.
     *
     * @param origin {@code [D]}; empty for none
     * @param centred {@code [M, D]}, less the origin
     * @param norms {@code [M]}, the squares of those rows
     * @param largest of them
     */
    private record Searched(Dl4jMatrix others, float[] origin, INDArray centred, float[] norms, float largest) {}

    /**
     * The nearest rows of each point, nearest first, ties by index.
     *
     * @param count at most M, without itself
     * @param leaveOutSelf whether row i of the points is row i of the others, and not to be found
     */
    Neighbours nearest(Dl4jMatrix points, Dl4jMatrix others, int count, boolean leaveOutSelf) {
        var neighbours = new Neighbours(
                count,
                new int[Math.multiplyExact(points.rows(), count)],
                new float[Math.multiplyExact(points.rows(), count)]);
        var origin = origin(others);
        var block = Math.min(pointsPerBlock, points.rows());
        var tile = Math.min(rowsPerTile, others.rows());
        var shift = origin.length > 0;
        var centred = shift ? Floats.allocate((long) others.rows() * others.columns()) : others.vector();
        try (var scores = Floats.allocate(Math.max(1, (long) block * tile));
                var shifted = Floats.allocate(Math.max(1, (long) block * points.columns()))) {
            var searched = searched(others, origin, centred);
            for (var first = 0; first < points.rows(); first += block) {
                var rows = Math.min(block, points.rows() - first);
                var x = shift ? Floats.matrix(shifted, 0, rows, points.columns()) : points.matrix(first, rows);
                if (shift) {
                    centre(points, first, rows, origin, shifted, 0);
                }
                var found = candidates(x, rows, searched, tile, scores, count + SPARE);
                var from = first;
                workers.forEach(rows, i -> take(points, from + i, searched, found[i].best(), leaveOutSelf, neighbours));
            }
        } finally {
            if (shift) {
                centred.close();
            }
        }
        return neighbours;
    }

    /** The mean of the rows, rounded; empty if that is 0. */
    private static float[] origin(Dl4jMatrix others) {
        var sums = new double[others.columns()];
        for (var row = 0; row < others.rows(); row++) {
            var values = row(others, row);
            for (var column = 0; column < sums.length; column++) {
                sums[column] += values[column];
            }
        }
        var origin = new float[sums.length];
        var isNeeded = false;
        for (var column = 0; column < sums.length; column++) {
            origin[column] = (float) Math.rint(sums[column] / others.rows());
            isNeeded |= origin[column] != 0;
        }
        return isNeeded ? origin : new float[0];
    }

    private Searched searched(Dl4jMatrix others, float[] origin, INDArray centred) {
        var norms = new float[others.rows()];
        if (origin.length > 0) {
            centre(others, 0, others.rows(), origin, centred, 0);
        }
        workers.forEach(others.rows(), row -> {
            var values = new float[others.columns()];
            Floats.read(centred, (long) row * values.length, values, 0, values.length);
            norms[row] = (float) square(values);
        });
        var largest = 0f;
        for (var norm : norms) {
            largest = Math.max(largest, norm);
        }
        return new Searched(others, origin, centred, norms, largest);
    }

    private void centre(Dl4jMatrix matrix, int first, int count, float[] origin, INDArray target, long to) {
        workers.forEach(count, i -> {
            var values = row(matrix, first + i);
            for (var column = 0; column < values.length; column++) {
                values[column] -= origin[column];
            }
            Floats.write(target, to + (long) i * values.length, values, 0, values.length);
        });
    }

    /** For each point those that may be among the nearest. */
    private Candidates[] candidates(
            INDArray x, int rows, Searched searched, int rowsPerTile, INDArray scores, int wanted) {
        var all = searched.norms.length;
        var found = new Candidates[rows];
        Arrays.setAll(found, i -> new Candidates(Math.min(all, wanted)));
        for (var first = 0; first < all; first += rowsPerTile) {
            var count = Math.min(rowsPerTile, all - first);
            var columns = searched.others.columns();
            Ops.multiply(
                    x,
                    false,
                    Floats.matrix(searched.centred, (long) first * columns, count, columns),
                    true,
                    Floats.matrix(scores, 0, rows, count));
            var from = first;
            workers.forEach(rows, i -> {
                var products = new float[count];
                Floats.read(scores, (long) i * count, products, 0, count);
                for (var j = 0; j < count; j++) {
                    found[i].offer(searched.norms[from + j] - 2 * products[j], from + j);
                }
            });
        }
        return found;
    }

    private static void take(
            Dl4jMatrix points,
            int point,
            Searched searched,
            long[] candidates,
            boolean leaveOutSelf,
            Neighbours neighbours) {
        var count = neighbours.count();
        var x = row(points, point);
        var needed = Math.min(candidates.length, count + (leaveOutSelf ? 1 : 0));
        var border = RowKey.value(candidates[needed - 1])
                + ROUNDING * (squaredDistance(x, searched.origin) + searched.largest);
        var measured = new long[candidates.length];
        var size = 0;
        for (var rank = 0; rank < candidates.length; rank++) {
            var index = RowKey.index(candidates[rank]);
            var mayBeNear = rank < needed || RowKey.value(candidates[rank]) <= border;
            if (mayBeNear && !(leaveOutSelf && index == point)) {
                var distance = squaredDistance(x, row(searched.others, index));
                measured[size++] = RowKey.of((float) distance, index);
            }
        }
        Arrays.sort(measured, 0, size);
        for (var rank = 0; rank < count; rank++) {
            neighbours.indices()[point * count + rank] = RowKey.index(measured[rank]);
            neighbours.squaredDistances()[point * count + rank] = RowKey.value(measured[rank]);
        }
    }

    private static float[] row(Dl4jMatrix matrix, int row) {
        var values = new float[matrix.columns()];
        Floats.read(matrix.vector(), (long) row * values.length, values, 0, values.length);
        return values;
    }

    private static double square(float[] row) {
        return squaredDistance(row, new float[0]);
    }

    /** @param other empty for the origin */
    private static double squaredDistance(float[] row, float[] other) {
        var sum = 0.0;
        for (var i = 0; i < row.length; i++) {
            var difference = other.length == 0 ? row[i] : (double) row[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
