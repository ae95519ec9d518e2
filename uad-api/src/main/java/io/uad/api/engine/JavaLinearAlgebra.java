package io.uad.api.engine;

import io.uad.api.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * {@link LinearAlgebra} in plain Java, for tests and for hosts without an engine: exact to a rounding (sums are double),
 * deterministic, and about ten times slower than an engine. A matrix has at most 2^31 - 1 values.
 *
 * @since 0.1
 */
public final class JavaLinearAlgebra implements LinearAlgebra {
    /** A matrix on the heap. */
    private record Handle(float[] values, int rows, int columns) implements MatrixHandle {
        @Override
        public void close() {}
    }

    @Override
    public MatrixHandle upload(FeatureMatrix matrix) {
        var values = (long) matrix.rows() * matrix.columns();
        if (values > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(matrix.rows() + "x" + matrix.columns() + " are " + values
                    + " values; plain Java takes at most " + Integer.MAX_VALUE + ", an engine more");
        }
        return new Handle(matrix.toArray(), matrix.rows(), matrix.columns());
    }

    @Override
    public FeatureMatrix read(MatrixHandle matrix) {
        return FeatureMatrix.of(own(matrix).values.clone(), matrix.columns());
    }

    @Override
    public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        var a = transposeLeft ? transposed(own(left)) : own(left);
        var b = transposeRight ? transposed(own(right)) : own(right);
        if (a.columns != b.rows) {
            throw new IllegalArgumentException(
                    a.rows + "x" + a.columns + " times " + b.rows + "x" + b.columns + " is not defined");
        }
        var values = (long) a.rows * b.columns;
        if (values > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a product of " + a.rows + "x" + b.columns + " has " + values
                    + " values; plain Java takes at most " + Integer.MAX_VALUE + ", an engine more");
        }
        var product = new float[(int) values];
        IntStream.range(0, a.rows).parallel().forEach(i -> {
            var sums = new double[b.columns];
            for (var k = 0; k < a.columns; k++) {
                double factor = a.values[i * a.columns + k];
                for (var j = 0; j < b.columns; j++) {
                    sums[j] += factor * b.values[k * b.columns + j];
                }
            }
            for (var j = 0; j < b.columns; j++) {
                product[i * b.columns + j] = (float) sums[j];
            }
        });
        return new Handle(product, a.rows, b.columns);
    }

    @Override
    public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
        return search(own(points), own(centroids), count, false);
    }

    @Override
    public Neighbours neighbours(MatrixHandle points, int count) {
        return search(own(points), own(points), count, true);
    }

    private static Neighbours search(Handle points, Handle others, int count, boolean leaveOutSelf) {
        if (points.columns != others.columns) {
            throw new IllegalArgumentException("points and centroids must have equally many columns, had "
                    + points.columns + " and " + others.columns);
        }
        var most = others.rows - (leaveOutSelf ? 1 : 0);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("count must lie in 1.." + most + ", was " + count);
        }
        var indices = new int[Math.multiplyExact(points.rows, count)];
        var distances = new float[indices.length];
        IntStream.range(0, points.rows).parallel().forEach(row -> {
            var best = new double[count];
            var found = new int[count];
            Arrays.fill(best, Double.POSITIVE_INFINITY);
            for (var other = 0; other < others.rows; other++) {
                if (leaveOutSelf && other == row) {
                    continue;
                }
                insert(best, found, squaredDistance(points, row, others, other), other);
            }
            for (var rank = 0; rank < count; rank++) {
                indices[row * count + rank] = found[rank];
                distances[row * count + rank] = (float) best[rank];
            }
        });
        return new Neighbours(count, indices, distances);
    }

    /** Puts a candidate behind all that are as near. */
    private static void insert(double[] best, int[] found, double distance, int index) {
        var rank = best.length;
        while (rank > 0 && distance < best[rank - 1]) {
            rank--;
        }
        if (rank == best.length) {
            return;
        }
        System.arraycopy(best, rank, best, rank + 1, best.length - rank - 1);
        System.arraycopy(found, rank, found, rank + 1, found.length - rank - 1);
        best[rank] = distance;
        found[rank] = index;
    }

    private static double squaredDistance(Handle a, int row, Handle b, int other) {
        var sum = 0.0;
        for (var j = 0; j < a.columns; j++) {
            var difference = (double) a.values[row * a.columns + j] - b.values[other * b.columns + j];
            sum += difference * difference;
        }
        return sum;
    }

    private static Handle transposed(Handle matrix) {
        var values = new float[matrix.values.length];
        for (var i = 0; i < matrix.rows; i++) {
            for (var j = 0; j < matrix.columns; j++) {
                values[j * matrix.rows + i] = matrix.values[i * matrix.columns + j];
            }
        }
        return new Handle(values, matrix.columns, matrix.rows);
    }

    private static Handle own(MatrixHandle handle) {
        if (handle instanceof Handle own) {
            return own;
        }
        throw new IllegalArgumentException("the matrix belongs to another engine: " + handle.getClass());
    }
}
