package io.uad.plugin.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Index by index the same as plain Java, which sums in double. */
class NeighbourSearchTest {
    private static final Dl4jOptions CPU = new Dl4jOptions("cpu", OptionalInt.of(2));

    @Test
    void blocksAndTilesChangeNothing() {
        var points = normal("points", 150, 12, 0);
        var others = normal("others", 70, 12, 0);
        for (var count : new int[] {1, 7, 70}) {
            assertSame(plain(points, others, count), found(points, others, count, 32, 16));
            assertSame(plain(points, others, count), found(points, others, count, 1024, 8192));
        }
    }

    @Test
    void farFromTheOriginNoDigitsAreLost() {
        var points = normal("points", 90, 5, 30_000);
        assertSame(plain(points, points, 4), found(points, points, 4, 32, 16));
    }

    @Test
    void tiesGoToTheSmallerIndex() {
        var values = new float[40 * 3]; // ten different rows, four times each
        for (var row = 0; row < 40; row++) {
            for (var column = 0; column < 3; column++) {
                values[row * 3 + column] = (row % 10) * 0.3f + column;
            }
        }
        var points = FeatureMatrix.of(values, 3);
        assertSame(plain(points, points, 4), found(points, points, 4, 16, 8));
        try (var engine = Dl4jEngine.open(CPU);
                var handle = engine.linearAlgebra().upload(points)) {
            var java = new JavaLinearAlgebra();
            assertSame(
                    java.neighbours(java.upload(points), 3),
                    engine.linearAlgebra().neighbours(handle, 3));
        }
    }

    @Test
    void manyEqualRowsTakeTheFirstOnes() {
        var points = FeatureMatrix.allocate(300, 4);
        try (var engine = Dl4jEngine.open(CPU);
                var handle = engine.linearAlgebra().upload(points)) {
            var found = engine.linearAlgebra().neighbours(handle, 2);
            assertArrayEquals(new int[] {1, 2, 0, 2, 0, 1, 0, 1}, Arrays.copyOf(found.indices(), 8));
        }
    }

    private static Neighbours plain(FeatureMatrix points, FeatureMatrix others, int count) {
        var java = new JavaLinearAlgebra();
        return java.nearest(java.upload(points), java.upload(others), count);
    }

    private static Neighbours found(
            FeatureMatrix points, FeatureMatrix others, int count, int pointsPerBlock, int rowsPerTile) {
        try (var engine = Dl4jEngine.open(CPU);
                var workers = new Workers(2);
                var x = engine.linearAlgebra().upload(points);
                var c = engine.linearAlgebra().upload(others)) {
            return new NeighbourSearch(workers, pointsPerBlock, rowsPerTile)
                    .nearest((Dl4jMatrix) x, (Dl4jMatrix) c, count, false);
        }
    }

    private static void assertSame(Neighbours expected, Neighbours found) {
        assertEquals(expected.count(), found.count());
        assertArrayEquals(expected.indices(), found.indices());
        assertArrayEquals(expected.squaredDistances(), found.squaredDistances());
    }

    private static FeatureMatrix normal(String name, int rows, int columns, float mean) {
        var seed = new Seed(3).derive(name);
        var values = new float[rows * columns];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (mean + seed.gaussian(i));
        }
        return FeatureMatrix.of(values, columns);
    }
}
