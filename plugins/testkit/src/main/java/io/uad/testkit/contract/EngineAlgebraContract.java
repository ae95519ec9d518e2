package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineProvider;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** What an engine's linear algebra promises, compared with plain Java's. */
abstract class EngineAlgebraContract extends ProviderContract<EngineProvider, Engine> {
    private static final int POINTS = 90;
    private static final int COLUMNS = 17;
    /** Of squared distances in float32, against the squares of both rows. */
    private static final double ROUNDING = 1e-5;

    /** Work on an engine's linear algebra. */
    @FunctionalInterface
    private interface Work {
        void on(LinearAlgebra algebra);
    }

    private void withAlgebra(Work work) {
        try (var engine = create()) {
            work.on(engine.linearAlgebra());
        }
    }

    private record Foreign(int rows, int columns) implements MatrixHandle {
        @Override
        public void close() {}
    }

    @Test
    final void aMatrixComesBackAsItWent() {
        withAlgebra(algebra -> {
            var matrix = Rows.blobs("matrix", POINTS, COLUMNS);
            try (var handle = algebra.upload(matrix)) {
                assertEquals(POINTS, handle.rows());
                assertEquals(COLUMNS, handle.columns());
                assertArrayEquals(matrix.toArray(), algebra.read(handle).toArray());
            }
        });
    }

    @Test
    final void whatWasReadBelongsToTheReader() {
        withAlgebra(algebra -> {
            var matrix = Rows.blobs("matrix", POINTS, COLUMNS);
            try (var handle = algebra.upload(matrix)) {
                algebra.read(handle).write(0, 1, new float[COLUMNS]);
                assertArrayEquals(matrix.toArray(), algebra.read(handle).toArray());
                var before = matrix.row(1);
                matrix.write(1, 1, new float[COLUMNS]); // not kept after the upload
                assertArrayEquals(before, algebra.read(handle).row(1));
            }
        });
    }

    @Test
    final void productsAreThoseOfPlainJavaTransposedOrNot() {
        withAlgebra(algebra -> {
            for (var transposeLeft : new boolean[] {false, true}) {
                for (var transposeRight : new boolean[] {false, true}) {
                    var left = transposeLeft ? Rows.blobs("left", 9, 23) : Rows.blobs("left", 23, 9);
                    var right = transposeRight ? Rows.blobs("right", 14, 9) : Rows.blobs("right", 9, 14);
                    var expected = product(new JavaLinearAlgebra(), left, transposeLeft, right, transposeRight);
                    var found = product(algebra, left, transposeLeft, right, transposeRight);
                    assertEquals(23, found.rows());
                    assertEquals(14, found.columns());
                    // Nine products of numbers up to about 10 each.
                    assertClose(expected.toArray(), found.toArray(), 1e-3);
                }
            }
        });
    }

    private static FeatureMatrix product(
            LinearAlgebra algebra, FeatureMatrix left, boolean first, FeatureMatrix right, boolean second) {
        try (var a = algebra.upload(left);
                var b = algebra.upload(right);
                var c = algebra.multiply(a, first, b, second)) {
            assertArrayEquals(left.toArray(), algebra.read(a).toArray(), "the left side stays");
            return algebra.read(c);
        }
    }

    @Test
    final void aMatrixMayBeMultipliedByItself() {
        withAlgebra(algebra -> {
            var matrix = Rows.blobs("matrix", POINTS, COLUMNS);
            var expected = product(new JavaLinearAlgebra(), matrix, true, matrix, false);
            try (var handle = algebra.upload(matrix);
                    var square = algebra.multiply(handle, true, handle, false)) {
                assertClose(expected.toArray(), algebra.read(square).toArray(), 1e-2); // 90 products up to 100
            }
        });
    }

    private static void assertClose(float[] expected, float[] found, double tolerance) {
        assertEquals(expected.length, found.length);
        for (var i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], tolerance, "value " + i);
        }
    }

    @Test
    final void theNearestCentroidsAreThoseOfPlainJava() {
        var points = Rows.blobs("points", POINTS, COLUMNS);
        var centroids = Rows.blobs("centroids", 11, COLUMNS);
        withAlgebra(algebra -> {
            for (var count : new int[] {1, 3, 11}) {
                try (var a = algebra.upload(points);
                        var b = algebra.upload(centroids)) {
                    var found = algebra.nearest(a, b, count);
                    var java = new JavaLinearAlgebra();
                    var expected = java.nearest(java.upload(points), java.upload(centroids), count);
                    assertNearest(expected, found, points, centroids);
                    assertSameBytes(found, algebra.nearest(a, b, count));
                }
            }
        });
    }

    @Test
    final void theNearestOtherPointsAreThoseOfPlainJava() {
        var points = Rows.blobs("points", POINTS, COLUMNS);
        withAlgebra(algebra -> {
            for (var count : new int[] {1, 5, POINTS - 1}) {
                try (var a = algebra.upload(points)) {
                    var found = algebra.neighbours(a, count);
                    var java = new JavaLinearAlgebra();
                    assertNearest(java.neighbours(java.upload(points), count), found, points, points);
                    for (var i = 0; i < found.indices().length; i++) {
                        assertNotEquals(i / count, found.indices()[i], "a point is its own neighbour");
                    }
                    assertSameBytes(found, algebra.neighbours(a, count));
                }
            }
        });
    }

    /** Ranks may swap where float32 cannot tell distances apart, so the distances are compared rank by rank. */
    private static void assertNearest(
            Neighbours expected, Neighbours found, FeatureMatrix points, FeatureMatrix others) {
        var count = expected.count();
        assertEquals(count, found.count());
        assertEquals(expected.indices().length, found.indices().length, "indices");
        assertEquals(expected.indices().length, found.squaredDistances().length, "distances");
        for (var row = 0; row < points.rows(); row++) {
            var distinct = new HashSet<Integer>();
            for (var i = row * count; i < (row + 1) * count; i++) {
                var index = found.indices()[i];
                assertTrue(index >= 0 && index < others.rows(), "index " + index);
                assertTrue(distinct.add(index), "point " + row + " has " + index + " twice");
                var tolerance = ROUNDING * (square(points.row(row)) + square(others.row(index)));
                assertTrue(found.squaredDistances()[i] >= 0, "distance " + found.squaredDistances()[i]);
                assertEquals(expected.squaredDistances()[i], found.squaredDistances()[i], tolerance, "rank of " + row);
                var own = squaredDistance(points.row(row), others.row(index));
                assertEquals(own, found.squaredDistances()[i], tolerance, "distance of " + row + " to " + index);
            }
        }
    }

    private static double square(float[] row) {
        return squaredDistance(row, new float[row.length]);
    }

    private static double squaredDistance(float[] one, float[] other) {
        var sum = 0.0;
        for (var j = 0; j < one.length; j++) {
            sum += Math.pow((double) one[j] - other[j], 2);
        }
        return sum;
    }

    private static void assertSameBytes(Neighbours one, Neighbours other) {
        assertArrayEquals(one.indices(), other.indices());
        assertArrayEquals(one.squaredDistances(), other.squaredDistances());
    }

    @Test
    final void aDuplicateIsANeighbour() {
        withAlgebra(algebra -> {
            var points = Rows.picked(Rows.blobs("points", 20, COLUMNS), 20, row -> row / 2 * 2);
            try (var handle = algebra.upload(points)) {
                var found = algebra.neighbours(handle, 1);
                for (var row = 0; row < 20; row++) {
                    assertEquals(row ^ 1, found.indices()[row], "neighbour of " + row);
                }
            }
        });
    }

    @Test
    final void sidesAndCountsThatDoNotFitAreRefused() {
        withAlgebra(algebra -> {
            try (var wide = algebra.upload(Rows.blobs("wide", 6, 5));
                    var narrow = algebra.upload(Rows.blobs("narrow", 6, 4))) {
                refused(() -> algebra.multiply(wide, false, narrow, false));
                refused(() -> algebra.nearest(wide, narrow, 1));
                refused(() -> algebra.nearest(wide, wide, 0));
                refused(() -> algebra.nearest(wide, wide, 7));
                refused(() -> algebra.neighbours(wide, 0));
                refused(() -> algebra.neighbours(wide, 6));
            }
        });
    }

    @Test
    final void aHandleOfAnotherEngineIsRefusedAndClosingTwiceIsHarmless() {
        withAlgebra(algebra -> {
            var foreign = new Foreign(6, 5);
            var own = algebra.upload(Rows.blobs("wide", 6, 5));
            refused(() -> algebra.read(foreign));
            refused(() -> algebra.multiply(own, true, foreign, false));
            refused(() -> algebra.nearest(own, foreign, 1));
            refused(() -> algebra.neighbours(foreign, 1));
            own.close();
            own.close();
        });
    }

    private static void refused(Runnable work) {
        assertThrows(IllegalArgumentException.class, work::run);
    }
}
