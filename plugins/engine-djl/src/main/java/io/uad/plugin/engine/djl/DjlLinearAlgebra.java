package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.uad.api.FeatureMatrix;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** Products of the library underneath, block by block where a whole result would not fit. */
final class DjlLinearAlgebra implements LinearAlgebra {
    private static final int BLOCK = 2048;

    private final NDManager manager;

    DjlLinearAlgebra(NDManager manager) {
        this.manager = manager;
    }

    private record Handle(NDArray array) implements MatrixHandle {
        @Override
        public int rows() {
            return (int) array.getShape().get(0);
        }

        @Override
        public int columns() {
            return (int) array.getShape().get(1);
        }

        @Override
        public void close() {
            array.close();
        }
    }

    @Override
    public MatrixHandle upload(FeatureMatrix matrix) {
        return withoutGradient(() -> {
            var columns = matrix.columns();
            var target = manager.create(new Shape(matrix.rows(), columns));
            var rowsPerBlock = Math.max(1, (1 << 22) / columns);
            for (var first = 0; first < matrix.rows(); first += rowsPerBlock) {
                var count = Math.min(rowsPerBlock, matrix.rows() - first);
                var values = new float[count * columns];
                matrix.read(first, count, values);
                try (var block = manager.newSubManager()) {
                    target.set(
                            new ai.djl.ndarray.index.NDIndex("{}:{}", first, first + count),
                            block.create(direct(values), new Shape(count, columns), DataType.FLOAT32));
                }
            }
            return new Handle(target);
        });
    }

    @Override
    public FeatureMatrix read(MatrixHandle matrix) {
        return withoutGradient(() -> {
            var result = FeatureMatrix.allocate(matrix.rows(), matrix.columns());
            var rowsPerBlock = Math.max(1, (1 << 22) / matrix.columns());
            for (var first = 0; first < matrix.rows(); first += rowsPerBlock) {
                var count = Math.min(rowsPerBlock, matrix.rows() - first);
                try (var rows = array(matrix).get("{}:{}", first, first + count)) {
                    result.write(first, count, rows.toFloatArray());
                }
            }
            return result;
        });
    }

    @Override
    public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean transposeRight) {
        return withoutGradient(() -> {
            try (var block = manager.newSubManager()) {
                var a = view(array(left), transposeLeft, block);
                var b = view(array(right), transposeRight, block);
                var product = a.matMul(b);
                product.attach(manager);
                return new Handle(product);
            }
        });
    }

    @Override
    public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
        return search(points, centroids, count, false);
    }

    @Override
    public Neighbours neighbours(MatrixHandle points, int count) {
        return search(points, points, count, true);
    }

    /**
     * Finds the nearest rows by {@code |c|^2 - 2 x c}. The mean of the others is the origin, so that few digits cancel, in
     * whole numbers, so that vectors of about length 1 stay as they are. Then measures the distance to those found as a sum
     * of squared differences, and puts them in order by it. Where more rows than are asked for are equally far to within
     * rounding, any of them may be found.
     */
    private Neighbours search(MatrixHandle points, MatrixHandle others, int count, boolean same) {
        if (count < 1 || count > others.rows() - (same ? 1 : 0)) {
            throw new IllegalArgumentException(
                    "count must lie in 1.." + (others.rows() - (same ? 1 : 0)) + ", was " + count);
        }
        return withoutGradient(() -> {
            var indices = new int[Math.multiplyExact(points.rows(), count)];
            var distances = new float[indices.length];
            try (var whole = manager.newSubManager()) {
                var c = array(others);
                var centre = rounded(c.mean(new int[] {0}));
                centre.attach(whole);
                var centred = c.sub(centre);
                centred.attach(whole);
                var norms = squaredLengths(centred);
                var minusTwice = centred.transpose().mul(-2);
                centred.close();
                for (var first = 0; first < points.rows(); first += BLOCK) {
                    var last = Math.min(first + BLOCK, points.rows());
                    try (var block = manager.newSubManager()) {
                        var x = array(points).get("{}:{}", first, last);
                        x.attach(block);
                        searchBlock(x, first, c, centre, norms, minusTwice, count, same, indices, distances);
                    }
                }
            }
            return new Neighbours(count, indices, distances);
        });
    }

    private static void searchBlock(
            NDArray x,
            int first,
            NDArray c,
            NDArray centre,
            NDArray norms,
            NDArray minusTwice,
            int count,
            boolean same,
            int[] indices,
            float[] distances) {
        var rows = (int) x.getShape().get(0);
        var score = x.sub(centre).matMul(minusTwice).addi(norms);
        if (same) {
            for (var i = 0; i < rows; i++) {
                score.set(new ai.djl.ndarray.index.NDIndex("{},{}", i, first + i), Float.POSITIVE_INFINITY);
            }
        }
        var found = count == 1
                ? score.argMin(1).reshape(rows, 1)
                : score.argSort(1, true).get(":,:{}", count);
        var flat = found.toType(DataType.INT64, true);
        var at = flat.toLongArray();
        for (var rank = 0; rank < count; rank++) {
            var column = new long[rows];
            for (var i = 0; i < rows; i++) {
                column[i] = at[i * count + rank];
                indices[(first + i) * count + rank] = (int) column[i];
            }
            var chosen = c.get(x.getManager().create(column));
            chosen.attach(x.getManager());
            var squared = x.sub(chosen).square().sum(new int[] {1}).toFloatArray();
            for (var i = 0; i < rows; i++) {
                distances[(first + i) * count + rank] = squared[i];
            }
        }
        for (var i = 0; i < rows; i++) {
            sort(indices, distances, (first + i) * count, (first + i + 1) * count);
        }
    }

    /** By distance, then by index. */
    private static void sort(int[] indices, float[] distances, int from, int to) {
        for (var i = from + 1; i < to; i++) {
            var index = indices[i];
            var distance = distances[i];
            var at = i;
            while (at > from && comesBefore(distance, index, distances[at - 1], indices[at - 1])) {
                indices[at] = indices[at - 1];
                distances[at] = distances[at - 1];
                at--;
            }
            indices[at] = index;
            distances[at] = distance;
        }
    }

    private static boolean comesBefore(float distance, int index, float otherDistance, int otherIndex) {
        return distance < otherDistance || (distance == otherDistance && index < otherIndex);
    }

    private static NDArray rounded(NDArray array) {
        try (array) {
            return array.round();
        }
    }

    private static NDArray squaredLengths(NDArray rows) {
        try (var squares = rows.square()) {
            var lengths = squares.sum(new int[] {1});
            lengths.attach(rows.getManager());
            return lengths;
        }
    }

    private static NDArray view(NDArray array, boolean transpose, NDManager block) {
        var view = transpose
                ? array.transpose()
                : array.get("{}:{}", 0, array.getShape().get(0));
        view.attach(block);
        return view;
    }

    private static NDArray array(MatrixHandle handle) {
        if (handle instanceof Handle own) {
            return own.array;
        }
        throw new IllegalArgumentException("the matrix belongs to another engine: " + handle.getClass());
    }

    private static ByteBuffer direct(float[] values) {
        var bytes = ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static <T> T withoutGradient(Supplier<T> work) {
        JniUtils.setGradMode(false);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(true);
        }
    }
}
