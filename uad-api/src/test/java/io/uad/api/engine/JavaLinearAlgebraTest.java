package io.uad.api.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.FeatureMatrix;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JavaLinearAlgebraTest {
    private final JavaLinearAlgebra algebra = new JavaLinearAlgebra();

    @Test
    void productsTransposeWhatTheyAreAskedTo() {
        var a = algebra.upload(FeatureMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 3)); // 2x3
        var b = algebra.upload(FeatureMatrix.of(new float[] {1, 0, 2, 1}, 2)); // 2x2
        // a^T b: rows (1,4), (2,5), (3,6) times b
        var product = algebra.multiply(a, true, b, false);
        assertArrayEquals(
                new float[] {9, 4, 12, 5, 15, 6}, algebra.read(product).toArray());
        assertRefused("2x3 times 2x2 is not defined", () -> algebra.multiply(a, false, b, false));
    }

    @Test
    void nearestAreInOrderAndTiesGoToTheSmallerIndex() {
        var points = algebra.upload(FeatureMatrix.of(new float[] {0, 10}, 1));
        var centroids = algebra.upload(FeatureMatrix.of(new float[] {1, -1, 9}, 1));
        var found = algebra.nearest(points, centroids, 2);
        assertArrayEquals(new int[] {0, 1, 2, 0}, found.indices());
        assertArrayEquals(new float[] {1, 1, 1, 81}, found.squaredDistances());
    }

    @Test
    void aDuplicateIsANeighbourAndThePointItselfIsNot() {
        var points = algebra.upload(FeatureMatrix.of(new float[] {3, 3, 5}, 1));
        assertArrayEquals(new int[] {1, 0, 0}, algebra.neighbours(points, 1).indices());
    }

    @Test
    void pointsAndCentroidsAgreeOnTheirColumns() {
        var points = algebra.upload(FeatureMatrix.allocate(4, 3));
        var centroids = algebra.upload(FeatureMatrix.allocate(4, 2));
        assertRefused(
                "points and centroids must have equally many columns, had 3 and 2",
                () -> algebra.nearest(points, centroids, 1));
    }

    @Test
    void thereMustBeAsManyRowsAsAreAskedFor() {
        var points = algebra.upload(FeatureMatrix.allocate(4, 3));
        assertRefused("count must lie in 1..4, was 5", () -> algebra.nearest(points, points, 5));
        assertRefused("count must lie in 1..3, was 4", () -> algebra.neighbours(points, 4));
    }

    @Test
    void moreValuesThanAnArrayHoldsAreRefusedWithTheirNumber() {
        var block = FloatBuffer.allocate(1);
        var matrix = FeatureMatrix.allocate(1 << 20, 1 << 11, floats -> block); // never touched
        assertRefused(
                "1048576x2048 are 2147483648 values; plain Java takes at most 2147483647, an engine more",
                () -> algebra.upload(matrix));
        var column = algebra.upload(FeatureMatrix.allocate(1 << 16, 1));
        assertRefused(
                "a product of 65536x65536 has 4294967296 values; plain Java takes at most 2147483647, an engine more",
                () -> algebra.multiply(column, false, column, true));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
