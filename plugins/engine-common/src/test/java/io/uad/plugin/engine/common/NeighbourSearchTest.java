package io.uad.plugin.engine.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Both searches, with products in loops, against plain Java, which compares each with each. */
class NeighbourSearchTest {
    private static final int COLUMNS = 6;
    private static final float DIGITS = 1e-5f; // sums of doubles in another order, as float32

    private final JavaLinearAlgebra java = new JavaLinearAlgebra();
    private final PlainRows plain = new PlainRows();

    /** Blocks of every fit: larger than the matrices, dividing them, and not. */
    @Test
    void everyDivisionFindsWhatPlainJavaFinds() {
        for (var mean : new float[] {0, 30}) {
            var points = random("points", 60, mean);
            var others = random("others", 300, mean); // more than the loops look at together
            for (var count : new int[] {1, 3, 292, 300}) {
                var expected = java.nearest(java.upload(points), java.upload(others), count);
                for (var sizes : new int[][] {{2048, 1024}, {7, 4}, {20, 150}, {60, 299}, {1, 1}}) {
                    var search = new NeighbourSearch(sizes[0], sizes[1]);
                    assertSame(expected, search.nearest(plain, plain.of(points), plain.of(others), count));
                    var device = new DeviceSearch(sizes[0], sizes[1]);
                    assertSame(expected, device.nearest(plain, plain.of(points), plain.of(others), count, false));
                }
            }
        }
    }

    /** Blocks of every fit, of which only those on and above the diagonal are computed; the last is one for all. */
    @Test
    void neighboursAmongThemselvesAreTheSameFromHalfOfTheProducts() {
        var points = random("points", 200, 3);
        for (var count : new int[] {1, 5, 199}) {
            var expected = java.neighbours(java.upload(points), count);
            for (var side : new int[] {1, 7, 50, 199, 200}) {
                assertSame(expected, new NeighbourSearch(side, 9).neighbours(plain, plain.of(points), count));
                var x = plain.of(points);
                assertSame(expected, new DeviceSearch(side, 50).nearest(plain, x, x, count, true));
            }
        }
    }

    @Test
    void whatASearchMakesItCloses() {
        var points = plain.of(random("points", 60, 30)); // far enough from the origin to be moved
        new NeighbourSearch(7, 4).neighbours(plain, points, 2);
        new NeighbourSearch(7, 4).nearest(plain, points, points, 1);
        new DeviceSearch(7, 4).nearest(plain, points, points, 2, true);
        assertEquals(1, plain.open);
    }

    /** Its scores are no numbers, and neither are those of the others with it. */
    @Test
    void withARowThatIsNoNumberEveryRowStillGetsOthers() {
        var points = random("points", 60, 0);
        points.write(59, 1, new float[] {Float.NaN, 0, 0, 0, 0, 0});
        for (var count : new int[] {3, 59}) {
            var found = new NeighbourSearch(20, 100).neighbours(plain, plain.of(points), count);
            for (var row = 0; row < 60; row++) {
                var ofRow = Arrays.copyOfRange(found.indices(), row * count, (row + 1) * count);
                assertEquals(count, Arrays.stream(ofRow).distinct().count());
                for (var other : ofRow) {
                    assertNotEquals(row, other);
                }
            }
        }
        var nearest = new NeighbourSearch().nearest(plain, plain.of(points), plain.of(points), 1);
        assertArrayEquals(new int[] {57, 58, 0}, Arrays.copyOfRange(nearest.indices(), 57, 60));
    }

    @Test
    void distancesAscendTiesGoToTheSmallerIndexAndOnlyThePointItselfIsLeftOut() {
        var points = FeatureMatrix.allocate(12, 1); // pairs of equal points: 0 0 1 1 2 2 ...
        for (var i = 0; i < 12; i++) {
            points.write(i, 1, new float[] {i >> 1});
        }
        for (var side : new int[] {3, 5, 100}) {
            var found = new NeighbourSearch(side, 5).neighbours(plain, plain.of(points), 3);
            assertArrayEquals(new int[] {1, 2, 3}, Arrays.copyOf(found.indices(), 3));
            assertArrayEquals(new int[] {5, 2, 3}, Arrays.copyOfRange(found.indices(), 12, 15));
            assertArrayEquals(new float[] {0, 1, 1}, Arrays.copyOfRange(found.squaredDistances(), 12, 15));
        }
        var single = new NeighbourSearch().nearest(plain, plain.of(points), plain.of(points), 1);
        assertArrayEquals(new int[] {0, 0, 2, 2}, Arrays.copyOf(single.indices(), 4));
    }

    /** More equal points than there are spare candidates: the first ones are taken. */
    @Test
    void manyEqualPointsAreNeighboursButNotOfThemselves() {
        var points = FeatureMatrix.allocate(64, 2);
        var found = new NeighbourSearch(16, 32).neighbours(plain, plain.of(points), 4);
        assertArrayEquals(new int[] {1, 2, 3, 4, 0, 2, 3, 4, 0, 1, 3, 4}, Arrays.copyOf(found.indices(), 12));
        assertArrayEquals(new int[] {0, 1, 2, 3}, Arrays.copyOfRange(found.indices(), 252, 256));
        assertArrayEquals(new float[256], found.squaredDistances());
    }

    @Test
    void aMatrixLargerThanABufferIsReadInParts() {
        var matrix = random("parts", 50, 2);
        var reader = RowReader.of(plain.of(matrix), plain, 7 * COLUMNS + 1);
        var row = new float[COLUMNS];
        for (var i : new int[] {0, 6, 7, 48, 49}) {
            reader.read(i, row);
            assertArrayEquals(matrix.row(i), row);
        }
        assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2}, reader.roundedMean());
    }

    private static void assertSame(Neighbours expected, Neighbours found) {
        assertEquals(expected.count(), found.count());
        assertArrayEquals(expected.indices(), found.indices());
        for (var i = 0; i < expected.squaredDistances().length; i++) {
            var distance = expected.squaredDistances()[i];
            assertEquals(distance, found.squaredDistances()[i], distance * DIGITS);
        }
    }

    private static FeatureMatrix random(String name, int rows, float mean) {
        var seed = new Seed(11).derive(name);
        var values = new float[rows * COLUMNS];
        for (var i = 0; i < values.length; i++) {
            values[i] = mean + (float) seed.gaussian(i);
        }
        return FeatureMatrix.of(values, COLUMNS);
    }
}
