package io.uad.plugin.engine.common;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.MatrixHandle;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** What searches need, in loops. */
final class PlainRows implements RowProducts<PlainRows.Matrix>, DeviceRows<PlainRows.Matrix> {
    /** How many matrices were made and not closed. */
    int open;

    /** A matrix on the heap. */
    final class Matrix implements MatrixHandle {
        private final float[] values;
        private final int columns;

        private Matrix(float[] values, int columns) {
            this.values = values;
            this.columns = columns;
            open++;
        }

        @Override
        public int rows() {
            return values.length / columns;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public void close() {
            open--;
        }
    }

    Matrix of(FeatureMatrix matrix) {
        return new Matrix(matrix.toArray(), matrix.columns());
    }

    private static float[] copy(Some<Matrix> some) {
        var columns = some.matrix().columns;
        return Arrays.copyOfRange(
                some.matrix().values, some.first() * columns, (some.first() + some.count()) * columns);
    }

    @Override
    public Matrix less(Some<Matrix> rows, float[] origin) {
        var values = copy(rows);
        for (var i = 0; i < values.length; i++) {
            values[i] -= origin[i % origin.length];
        }
        return new Matrix(values, origin.length);
    }

    @Override
    public FloatBuffer memory(Some<Matrix> rows) {
        return FloatBuffer.wrap(copy(rows));
    }

    @Override
    public void multiply(Some<Matrix> rows, Some<Matrix> others, Consumer<FloatBuffer> products) {
        products.accept(FloatBuffer.wrap(products(rows, others)));
    }

    private static float[] products(Some<Matrix> rows, Some<Matrix> others) {
        var columns = rows.matrix().columns;
        var left = copy(rows);
        var right = copy(others);
        var products = new float[rows.count() * others.count()];
        for (var i = 0; i < products.length; i++) {
            for (var j = 0; j < columns; j++) {
                products[i] += left[i / others.count() * columns + j] * right[i % others.count() * columns + j];
            }
        }
        return products;
    }

    @Override
    public float[] mean(Matrix matrix) {
        var mean = new float[matrix.columns];
        for (var i = 0; i < matrix.values.length; i++) {
            mean[i % mean.length] += matrix.values[i] / matrix.rows();
        }
        return mean;
    }

    @Override
    public Smallest smallest(Some<Matrix> points, Some<Matrix> others, int count) {
        var products = products(points, others);
        var norms = RowReader.of(others.matrix(), this).squares();
        var smallest = new Smallest(new float[points.count() * count], new long[points.count() * count]);
        for (var i = 0; i < points.count(); i++) {
            var keys = new long[others.count()];
            for (var j = 0; j < keys.length; j++) {
                keys[j] = RowKey.of(norms[others.first() + j] - 2 * products[i * keys.length + j], j);
            }
            Arrays.sort(keys);
            for (var rank = 0; rank < count; rank++) {
                smallest.scores()[i * count + rank] = RowKey.value(keys[rank]);
                smallest.rows()[i * count + rank] = RowKey.index(keys[rank]);
            }
        }
        return smallest;
    }

    @Override
    public float[] squaredDistances(Some<Matrix> points, Matrix others, long[] at) {
        var own = RowReader.of(points.matrix(), this);
        var reader = RowReader.of(others, this);
        var point = new float[others.columns];
        var other = new float[others.columns];
        var squared = new float[at.length];
        for (var i = 0; i < at.length; i++) {
            own.read(points.first() + i, point);
            reader.read((int) at[i], other);
            squared[i] = (float) RowReader.squaredDistance(point, other);
        }
        return squared;
    }
}
