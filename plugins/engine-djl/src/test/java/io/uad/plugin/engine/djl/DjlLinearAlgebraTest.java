package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
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

    /** 37 columns and 399 rows: the last ones take another way through the product, and round differently. */
    @Test
    void duplicatesAreFoundInTheOrderOfTheirIndices() {
        var rows = random("duplicates", 399, 37);
        for (var row = 133; row < 399; row++) {
            rows.write(row, 1, rows.row(row % 133));
        }
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(rows)) {
            var found = algebra.nearest(x, x, 3);
            for (var row = 0; row < 399; row++) {
                for (var rank = 0; rank < 3; rank++) {
                    assertEquals(row % 133 + 133 * rank, found.indices()[row * 3 + rank], "row " + row);
                    assertEquals(0, found.squaredDistances()[row * 3 + rank]);
                }
            }
        }
    }

    /** Lengths of 283, distances of 0.02: in |c|^2 - 2 x c as it stands, all digits of the distance cancel. */
    @Test
    void neighboursFarFromTheOriginEqualASearchByHand() {
        var points = random("far", 300, 8);
        for (var row = 0; row < 300; row++) {
            var values = points.row(row);
            for (var j = 0; j < 8; j++) {
                values[j] = 100 + values[j] / 100;
            }
            points.write(row, 1, values);
        }
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(points)) {
            var found = algebra.neighbours(x, 10);
            for (var row = 0; row < 300; row++) {
                var order = nearest(points, row, points, row);
                for (var rank = 0; rank < 10; rank++) {
                    var actual = found.squaredDistances()[row * 10 + rank];
                    // equal to float32's digits; the neighbour itself may be another one that is as near
                    assertEquals(distance(points, row, points, order[rank]), actual, 1e-8, "row " + row);
                    assertTrue(rank == 0 || found.squaredDistances()[row * 10 + rank - 1] <= actual, "row " + row);
                }
            }
        }
    }

    @Test
    void oneColumnAndOneCentroidAreFine() {
        var algebra = ENGINE.linearAlgebra();
        try (var x = algebra.upload(FeatureMatrix.of(new float[] {1, 4}, 1));
                var c = algebra.upload(FeatureMatrix.of(new float[] {2}, 1))) {
            var found = algebra.nearest(x, c, 1);
            assertArrayEquals(new int[] {0, 0}, found.indices());
            assertArrayEquals(new float[] {1, 4}, found.squaredDistances());
            assertThrows(IllegalArgumentException.class, () -> algebra.nearest(x, c, 2));
            assertThrows(IllegalArgumentException.class, () -> algebra.nearest(x, c, 0));
        }
    }

    @Test
    void aMatrixOfAnotherEngineIsRefused() {
        var foreign = new JavaLinearAlgebra().upload(random("foreign", 2, 2));
        var error = assertThrows(
                IllegalArgumentException.class, () -> ENGINE.linearAlgebra().read(foreign));
        assertTrue(String.valueOf(error.getMessage()).contains("another engine"));
    }

    @Test
    void closingTwiceIsHarmless() {
        var handle = ENGINE.linearAlgebra().upload(random("twice", 2, 2));
        handle.close();
        handle.close();
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
