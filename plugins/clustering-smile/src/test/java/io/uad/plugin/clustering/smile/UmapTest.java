package io.uad.plugin.clustering.smile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.UadException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UmapTest {
    private static final Seed SEED = new Seed(5);

    @Test
    void groupsStayApart() {
        // On the plane of the two principal components a seventh of the nearest rows are of another group.
        var plane = umap(blobs(300, 12, 20), SEED);
        for (var row = 0; row < 300; row++) {
            assertEquals(row % 12, nearest(plane, row)[0] % 12, "row " + row);
        }
    }

    @Test
    void groupsWithoutACommonNeighbourLieInTheOrderOfTheirMeans() {
        for (var seed = 0; seed < 5; seed++) {
            var plane = umap(line(200, 4), new Seed(seed));
            var means = new double[4][2];
            for (var row = 0; row < 200; row++) {
                means[row % 4][0] += plane.get(row, 0) / 50;
                means[row % 4][1] += plane.get(row, 1) / 50;
            }
            var x = means[3][0] - means[0][0];
            var y = means[3][1] - means[0][1];
            for (var i = 1; i < 4; i++) {
                var along = x * (means[i][0] - means[i - 1][0]) + y * (means[i][1] - means[i - 1][1]);
                assertTrue(along > 0, "seed " + seed + ": " + Arrays.deepToString(means));
            }
        }
    }

    @Test
    void neighboursOnARolledSheetStayNeighbours() {
        var sheet = rolledSheet(400);
        var random = FeatureMatrix.allocate(400, 2);
        for (var row = 0; row < 400; row++) {
            random.write(row, 1, new float[] {(float) SEED.uniform(2L * row), (float) SEED.uniform(2L * row + 1)});
        }
        var start = Projections.umap(sheet, 15, 0.1, 1, SEED, Progress.NONE);
        // Chance gives 0.5, the two principal components 0.90, and the whole 0.996.
        assertTrue(trustworthiness(sheet, random, 10) < 0.6);
        assertTrue(trustworthiness(sheet, start, 10) < 0.95);
        assertTrue(trustworthiness(sheet, umap(sheet, SEED), 10) > 0.98);
    }

    @Test
    void theSeedAloneDecides() {
        var features = blobs(120, 3, 8);
        var before = features.toArray();
        var plane = umap(features, SEED).toArray();
        assertArrayEquals(plane, umap(features, SEED).toArray());
        assertFalse(Arrays.equals(plane, umap(features, new Seed(6)).toArray()));
        assertArrayEquals(before, features.toArray());
    }

    @Test
    void theMeanIsZero() {
        var plane = umap(blobs(120, 3, 8), SEED);
        for (var j = 0; j < 2; j++) {
            var sum = 0.0;
            for (var row = 0; row < 120; row++) {
                sum += plane.get(row, j);
            }
            assertEquals(0, sum / 120, 1e-5); // float, coordinates below 100
        }
    }

    @Test
    void aConstantColumnAndTheUnitChangeNothing() {
        var features = blobs(60, 3, 4);
        var other = FeatureMatrix.allocate(60, 5);
        features.forEachRow((row, values, from) -> {
            var wider = new float[5];
            for (var j = 0; j < 4; j++) {
                wider[j] = 1024 * values[from + j]; // a power of 2 changes no digit
            }
            wider[4] = 7;
            other.write(row, 1, wider);
        });
        assertArrayEquals(umap(features, SEED).toArray(), umap(other, SEED).toArray());
    }

    @Test
    void duplicatesStayTogetherAndFinite() {
        var plane = umap(Points.duplicates(120, 3), SEED); // 40 of each: more than neighbours
        for (var row = 0; row < 120; row++) {
            assertTrue(Float.isFinite(plane.get(row, 0)) && Float.isFinite(plane.get(row, 1)));
            assertEquals(row % 3, nearest(plane, row)[0] % 3, "row " + row);
        }
        assertArrayEquals(new float[120], umap(Points.duplicates(60, 1), SEED).toArray());
    }

    @Test
    void fewerRowsThanNeighboursAreAllNeighbours() {
        var features = Points.groups(9, 3);
        var all = Projections.umap(features, 8, 0.1, 200, SEED, Progress.NONE);
        assertArrayEquals(all.toArray(), umap(features, SEED).toArray());
        assertEquals(3, umap(Points.groups(3, 3), SEED).rows());
        var error = assertThrows(UadException.class, () -> umap(Points.groups(2, 2), SEED));
        assertEquals(ErrorKind.CONFIG, error.kind());
    }

    @Test
    void aLargerMinimumDistanceLeavesMoreRoom() {
        var features = Points.groups(90, 1);
        var tight = Projections.umap(features, 15, 0.01, 200, SEED, Progress.NONE);
        var loose = Projections.umap(features, 15, 0.9, 200, SEED, Progress.NONE);
        assertTrue(distanceToNearest(loose) > 2 * distanceToNearest(tight));
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        var features = Points.groups(30, 3);
        assertThrows(IllegalArgumentException.class, () -> umap(features, 1, 0.1, 10));
        assertThrows(IllegalArgumentException.class, () -> umap(features, 201, 0.1, 10));
        assertThrows(IllegalArgumentException.class, () -> umap(features, 15, -0.1, 10));
        assertThrows(IllegalArgumentException.class, () -> umap(features, 15, 1.1, 10));
        assertThrows(IllegalArgumentException.class, () -> umap(features, 15, Double.NaN, 10));
        assertThrows(IllegalArgumentException.class, () -> umap(features, 15, 0.1, 0));
        var many = FeatureMatrix.allocate(Projections.MOST_UMAP_ROWS + 1, 1);
        assertThrows(IllegalArgumentException.class, () -> umap(many, SEED));
        var broken = features.toArray();
        broken[4] = Float.NaN;
        var error = assertThrows(UadException.class, () -> umap(FeatureMatrix.of(broken, 3), SEED));
        assertEquals(ErrorKind.DATA, error.kind());
    }

    @Test
    void theProgressMayStopItAtAnyTime() {
        for (var calls : new int[] {1, 10, 60}) {
            var left = new int[] {calls};
            assertThrows(
                    CancellationException.class,
                    () -> Projections.umap(Points.groups(90, 3), 15, 0.1, 200, SEED, (done, total) -> {
                        assertTrue(done >= 0 && done <= total);
                        if (--left[0] == 0) {
                            throw new CancellationException();
                        }
                    }));
            assertEquals(0, left[0]);
        }
    }

    @Test
    void theCurveIsThatOfTheAuthorsProgram() {
        // find_ab_params of umap-learn, as its documentation and those of its ports give them.
        var usual = NearnessCurve.of(0.1);
        assertEquals(1.57694, usual.a(), 1e-4);
        assertEquals(0.89506, usual.b(), 1e-4);
        var wide = NearnessCurve.of(0.5);
        assertEquals(0.583, wide.a(), 1e-3);
        assertEquals(1.334, wide.b(), 1e-3);
    }

    @Test
    void powersFromTheTableAreRightToTwoInAHundredThousand() {
        for (var exponent : new double[] {0.4, 0.895, 2}) {
            var powers = new PowerTable(exponent);
            for (var i = 0; i < 10_000; i++) {
                var number = Math.pow(2, 127 * SEED.uniform(i) - 63.5);
                assertEquals(1, powers.of(number) / Math.pow(number, exponent), 2e-5, "of " + number);
            }
            assertEquals(1, powers.of(1));
            assertEquals(Math.pow(2, 64 * exponent), powers.of(1e300), 1e-9 * Math.pow(2, 64 * exponent));
            assertEquals(Math.pow(2, -64 * exponent), powers.of(1e-300), 1e-9 * Math.pow(2, -64 * exponent));
        }
    }

    private static FeatureMatrix umap(FeatureMatrix features, Seed seed) {
        return Projections.umap(features, 15, 0.1, 200, seed, Progress.NONE);
    }

    private static void umap(FeatureMatrix features, int neighbours, double minimumDistance, int epochs) {
        Projections.umap(features, neighbours, minimumDistance, epochs, SEED, Progress.NONE);
    }

    /** Row i is around centre i mod groups; centres are about 7 sqrt(columns) apart, rows 1.4 sqrt(columns). */
    private static FeatureMatrix blobs(int rows, int groups, int columns) {
        var values = new float[rows * columns];
        for (var i = 0; i < values.length; i++) {
            var group = i / columns % groups;
            values[i] = (float) (5 * new Seed(1).derive(group).gaussian(i % columns) + new Seed(2).gaussian(i));
        }
        return FeatureMatrix.of(values, columns);
    }

    /** Row i is around {@code 100 (i mod groups)} in column 0. */
    private static FeatureMatrix line(int rows, int groups) {
        var values = new float[rows * 3];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (new Seed(3).gaussian(i) + (i % 3 == 0 ? 100 * (i / 3 % groups) : 0));
        }
        return FeatureMatrix.of(values, 3);
    }

    /** A sheet 20 wide, rolled up to a spiral of one and a half turns that grows outwards. */
    private static FeatureMatrix rolledSheet(int rows) {
        var values = new float[rows * 3];
        for (var row = 0; row < rows; row++) {
            var angle = Math.PI * (1.5 + 3 * new Seed(4).uniform(2L * row));
            values[row * 3] = (float) (angle * Math.cos(angle));
            values[row * 3 + 1] = (float) (angle * Math.sin(angle));
            values[row * 3 + 2] = (float) (20 * new Seed(4).uniform(2L * row + 1));
        }
        return FeatureMatrix.of(values, 3);
    }

    /** Venna and Kaski (ICANN 2001): 1 if no row comes among the count nearest that was not, about 0.5 by chance. */
    private static double trustworthiness(FeatureMatrix features, FeatureMatrix plane, int count) {
        var penalty = 0L;
        for (var row = 0; row < features.rows(); row++) {
            var order = nearest(features, row);
            var ranks = new int[features.rows()];
            for (var i = 0; i < order.length; i++) {
                ranks[order[i]] = i + 1;
            }
            var near = nearest(plane, row);
            for (var i = 0; i < count; i++) {
                penalty += Math.max(0, ranks[near[i]] - count);
            }
        }
        var rows = (double) features.rows();
        return 1 - 2 * penalty / (rows * count * (2 * rows - 3 * count - 1));
    }

    private static double distanceToNearest(FeatureMatrix plane) {
        return IntStream.range(0, plane.rows())
                .mapToDouble(row -> distance(plane, row, nearest(plane, row)[0]))
                .average()
                .orElseThrow();
    }

    /** The other rows, nearest first. */
    private static int[] nearest(FeatureMatrix features, int row) {
        return IntStream.range(0, features.rows())
                .filter(other -> other != row)
                .boxed()
                .sorted((one, other) -> Double.compare(distance(features, row, one), distance(features, row, other)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double distance(FeatureMatrix features, int one, int other) {
        var sum = 0.0;
        for (var j = 0; j < features.columns(); j++) {
            var difference = (double) features.get(one, j) - features.get(other, j);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
