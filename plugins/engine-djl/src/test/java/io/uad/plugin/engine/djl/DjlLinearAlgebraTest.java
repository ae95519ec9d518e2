package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DjlLinearAlgebraTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.empty()));
    private static final int ROWS = 2500; // more than one block
    private static final int COLUMNS = 6;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void uploadsReadBackUnchanged() {
        var matrix = random("a", 5000, 900); // more than one block of the transfer
        try (var handle = ENGINE.linearAlgebra().upload(matrix)) {
            assertEquals(5000, handle.rows());
            assertArrayEquals(
                    matrix.toArray(), ENGINE.linearAlgebra().read(handle).toArray());
        }
    }

    @Test
    void productsEqualPlainLoopsTransposedOrNot() {
        var algebra = ENGINE.linearAlgebra();
        var a = random("a", 4, 3);
        var b = random("b", 3, 5);
        var expected = new double[20];
        for (var i = 0; i < 4; i++) {
            for (var j = 0; j < 5; j++) {
                for (var k = 0; k < 3; k++) {
                    expected[i * 5 + j] += (double) a.get(i, k) * b.get(k, j);
                }
            }
        }
        for (var turnLeft : new boolean[] {false, true}) {
            for (var turnRight : new boolean[] {false, true}) {
                try (var left = algebra.upload(turnLeft ? transposed(a) : a);
                        var right = algebra.upload(turnRight ? transposed(b) : b);
                        var product = algebra.multiply(left, turnLeft, right, turnRight)) {
                    var actual = algebra.read(product).toArray();
                    for (var i = 0; i < 20; i++) {
                        assertEquals(expected[i], actual[i], 1e-5);
                    }
                }
            }
        }
    }

    @Test
    void nearestCentroidsEqualASearchByHand() {
        var points = random("points", ROWS, COLUMNS);
        var centroids = random("centroids", 40, COLUMNS);
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(points);
                var c = algebra.upload(centroids)) {
            for (var count : new int[] {1, 3}) {
                var found = algebra.nearest(x, c, count);
                for (var row = 0; row < ROWS; row++) {
                    var order = nearest(points, row, centroids, -1);
                    for (var rank = 0; rank < count; rank++) {
                        assertEquals(order[rank], found.indices()[row * count + rank]);
                        assertEquals(
                                distance(points, row, centroids, order[rank]),
                                found.squaredDistances()[row * count + rank],
                                1e-5);
                    }
                }
            }
        }
    }

    @Test
    void tiesGoToTheSmallerIndex() {
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(FeatureMatrix.of(new float[] {0, 0, 1, 1}, 2));
                var c = algebra.upload(FeatureMatrix.of(new float[] {1, 0, 0, 1, 1, 0}, 2))) {
            assertArrayEquals(new int[] {0, 0}, algebra.nearest(x, c, 1).indices());
        }
    }

    @Test
    void aPointIsNotItsOwnNeighbourButItsDuplicateIs() {
        var points = random("points", ROWS, COLUMNS);
        points.write(ROWS - 1, 1, points.row(0));
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(points)) {
            var found = algebra.neighbours(x, 5);
            assertEquals(ROWS - 1, found.indices()[0]);
            assertEquals(0, found.squaredDistances()[0]);
            for (var row = 1; row < ROWS - 1; row += 7) {
                var order = nearest(points, row, points, row);
                for (var rank = 0; rank < 5; rank++) {
                    assertEquals(order[rank], found.indices()[row * 5 + rank]);
                }
            }
            assertThrows(IllegalArgumentException.class, () -> algebra.neighbours(x, ROWS));
        }
    }

    @Test
    void shapesThatDoNotFitAndHandlesOfOthersAreNamed() {
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(random("x", 4, 3));
                var y = algebra.upload(random("y", 4, 2));
                var other = DjlEngine.open(new DjlOptions("cpu", OptionalInt.empty()));
                var foreign = other.linearAlgebra().upload(random("z", 4, 3))) {
            assertThrows(IllegalArgumentException.class, () -> algebra.nearest(x, y, 1));
            assertThrows(IllegalArgumentException.class, () -> algebra.multiply(x, false, y, false));
            assertThrows(IllegalArgumentException.class, () -> algebra.nearest(x, foreign, 1));
            assertThrows(IllegalArgumentException.class, () -> algebra.read(foreign));
        }
    }

    private static int[] nearest(FeatureMatrix points, int row, FeatureMatrix others, int except) {
        return IntStream.range(0, others.rows())
                .filter(other -> other != except)
                .boxed()
                .sorted((a, b) -> Double.compare(distance(points, row, others, a), distance(points, row, others, b)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double distance(FeatureMatrix points, int row, FeatureMatrix others, int other) {
        var sum = 0.0;
        for (var j = 0; j < points.columns(); j++) {
            var difference = (double) points.get(row, j) - others.get(other, j);
            sum += difference * difference;
        }
        return sum;
    }

    private static FeatureMatrix transposed(FeatureMatrix matrix) {
        var turned = new float[matrix.rows() * matrix.columns()];
        for (var i = 0; i < matrix.rows(); i++) {
            for (var j = 0; j < matrix.columns(); j++) {
                turned[j * matrix.rows() + i] = matrix.get(i, j);
            }
        }
        return FeatureMatrix.of(turned, matrix.rows());
    }

    private static FeatureMatrix random(String name, int rows, int columns) {
        var seed = new Seed(3).derive(name);
        var values = new float[rows * columns];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return FeatureMatrix.of(values, columns);
    }
}
