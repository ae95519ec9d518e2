package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NeighbourSearchTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.empty()));
    private static final int COLUMNS = 6;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    /** Blocks and tiles of every fit: larger than the matrices, dividing them, and not. */
    @Test
    void everyTilingFindsWhatPlainJavaFinds() {
        var points = random("points", 60, 0);
        var others = random("others", 45, 0);
        var java = new JavaLinearAlgebra();
        for (var count : new int[] {1, 3, 40, 45}) {
            var expected = java.nearest(java.upload(points), java.upload(others), count);
            for (var search : new NeighbourSearch[] {
                new NeighbourSearch(),
                new NeighbourSearch(7, 4),
                new NeighbourSearch(20, 15),
                new NeighbourSearch(60, 44),
                new NeighbourSearch(1, 1)
            }) {
                assertSame(expected, search(search, points, others, count, false));
            }
        }
    }

    /** Tiles of every fit, of which only those on and above the diagonal are computed; the last is one tile for all. */
    @Test
    void neighboursAmongThemselvesAreTheSameFromHalfOfTheProducts() {
        var points = random("points", 60, 3);
        var java = new JavaLinearAlgebra();
        for (var count : new int[] {1, 5, 59}) {
            var expected = java.neighbours(java.upload(points), count);
            for (var side : new int[] {1, 7, 20, 59, 60}) {
                assertSame(expected, search(new NeighbourSearch(side, 100), points, points, count, true));
            }
        }
    }

    /** Its scores are no numbers, so that the short way finds too few candidates and the long one takes over. */
    @Test
    void withARowThatIsNoNumberEveryRowStillGetsOthers() {
        var points = random("points", 60, 0);
        points.write(59, 1, new float[] {Float.NaN, 0, 0, 0, 0, 0});
        var found = search(new NeighbourSearch(20, 100), points, points, 3, true);
        for (var row = 0; row < 60; row++) {
            assertTrue(found.indices()[row * 3] != found.indices()[row * 3 + 1]);
            assertTrue(found.indices()[row * 3] != row);
        }
    }

    /** Far from the origin the scores of the first step lose most digits; the candidates make up for it. */
    @Test
    void pointsFarFromTheOriginKeepTheirOrder() {
        var points = random("points", 100, 30);
        var java = new JavaLinearAlgebra();
        var expected = java.neighbours(java.upload(points), 5);
        assertSame(expected, search(new NeighbourSearch(32, 16), points, points, 5, true));
    }

    @Test
    void distancesAscendTiesGoToTheSmallerIndexAndOnlyThePointItselfIsLeftOut() {
        var points = FeatureMatrix.allocate(12, 1); // pairs of equal points: 0 0 1 1 2 2 ...
        for (var i = 0; i < 12; i++) {
            points.write(i, 1, new float[] {i >> 1});
        }
        for (var tile : new int[] {3, 5, 100}) {
            var found = search(new NeighbourSearch(5, tile), points, points, 3, true);
            assertArrayEquals(new int[] {1, 2, 3}, java.util.Arrays.copyOf(found.indices(), 3));
            assertArrayEquals(new int[] {5, 2, 3}, java.util.Arrays.copyOfRange(found.indices(), 12, 15));
            assertArrayEquals(new float[] {0, 1, 1}, java.util.Arrays.copyOfRange(found.squaredDistances(), 12, 15));
        }
    }

    /** More equal points than there are spare candidates: which ones is not said, but each has distance 0 and none is itself. */
    @Test
    void manyEqualPointsAreNeighboursButNotOfThemselves() {
        var points = FeatureMatrix.allocate(64, 2);
        var search = new NeighbourSearch(16, 32);
        var found = search(search, points, points, 4, true);
        for (var row = 0; row < 64; row++) {
            for (var rank = 0; rank < 4; rank++) {
                assertTrue(found.indices()[row * 4 + rank] != row);
                assertEquals(0, found.squaredDistances()[row * 4 + rank]);
            }
        }
        assertArrayEquals(
                found.indices(), search(search, points, points, 4, true).indices());
    }

    @Test
    void nothingStaysBehind() {
        var points = random("points", 60, 0);
        try (var scope = ENGINE.manager.newSubManager()) {
            var x = scope.create(points.toArray(), new Shape(60, COLUMNS));
            new NeighbourSearch(7, 4).nearest(x, x, 2, true);
            new NeighbourSearch().nearest(x, x, 1, false);
            assertEquals(1, ENGINE.manager.getManagedArrays().size());
        }
    }

    private static Neighbours search(
            NeighbourSearch search, FeatureMatrix points, FeatureMatrix others, int count, boolean leaveOutSelf) {
        try (var scope = ENGINE.manager.newSubManager()) {
            var x = scope.create(points.toArray(), new Shape(points.rows(), points.columns()));
            var c = scope.create(others.toArray(), new Shape(others.rows(), others.columns()));
            return search.nearest(x, c, count, leaveOutSelf);
        }
    }

    private static void assertSame(Neighbours expected, Neighbours actual) {
        assertEquals(expected.count(), actual.count());
        assertArrayEquals(expected.indices(), actual.indices());
        assertArrayEquals(expected.squaredDistances(), actual.squaredDistances(), 1e-4f); // sums of floats, not doubles
    }

    private static FeatureMatrix random(String name, int rows, float shift) {
        var seed = new Seed(11).derive(name);
        var values = new float[rows * COLUMNS];
        for (var i = 0; i < values.length; i++) {
            values[i] = shift + (float) seed.gaussian(i);
        }
        return FeatureMatrix.of(values, COLUMNS);
    }
}
