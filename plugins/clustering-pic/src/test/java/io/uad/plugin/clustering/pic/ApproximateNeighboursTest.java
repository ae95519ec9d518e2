package io.uad.plugin.clustering.pic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApproximateNeighboursTest {
    private static final JavaLinearAlgebra ALGEBRA = new JavaLinearAlgebra();
    private static final StageContext QUIET = StageContext.quiet(ALGEBRA, new Seed(1));
    private static final int COUNT = 5;

    private final List<String> notices = new ArrayList<>();

    @Test
    void groupedRowsFindTheShareThatWasAskedForAndTheNoticeSaysIt() {
        var features = groups(2000, 16, 80, 0.6);
        var found = approximate(features, COUNT, 0.9);
        var share = recall(exact(features, COUNT), found);
        // 500 rows chose by a standard error more, 0.013, by which the share of all may differ.
        assertTrue(share >= 0.9 && share < 1, "recall " + share);
        assertEquals(1, notices.size());
        var said = notices.get(0).replaceAll("^the graph of neighbours has a recall of ([0-9.]+), .*", "$1");
        assertEquals(share, Double.parseDouble(said), 0.02, notices.get(0)); // of 500 rows, too
        assertTrue(notices.get(0).contains("measured with 500 images"), notices.get(0));
    }

    @Test
    void moreRecallIsFoundWhereMoreIsAskedFor() {
        var features = groups(2000, 16, 80, 0.6);
        var exact = exact(features, COUNT);
        var little = recall(exact, approximate(features, COUNT, 0.6));
        var much = recall(exact, approximate(features, COUNT, 0.98));
        assertTrue(much > little && much >= 0.96, little + " and " + much);
    }

    @Test
    void allCellsTogetherGiveTheExactNeighbours() {
        var features = groups(500, 8, 20, 0.5);
        features.write(499, 1, features.row(3));
        features.write(250, 1, features.row(3)); // duplicates in either direction
        assertSame(exact(features, COUNT), searched(features, COUNT, Integer.MAX_VALUE, CellSearch.Limits.USUAL));
    }

    @Test
    void farFromTheOriginNoDigitsAreLost() {
        var features = groups(300, 8, 20, 0.5);
        var far = FeatureMatrix.allocate(300, 8);
        for (var row = 0; row < 300; row++) {
            var values = features.row(row);
            for (var column = 0; column < 8; column++) {
                values[column] += 1000;
            }
            far.write(row, 1, values);
        }
        assertSame(exact(far, COUNT), searched(far, COUNT, Integer.MAX_VALUE, CellSearch.Limits.USUAL));
    }

    @Test
    void whatIsHeldAtOnceDoesNotMatter() {
        var features = groups(400, 8, 20, 0.5);
        var found = searched(features, COUNT, 3, CellSearch.Limits.USUAL);
        // 13 candidates per row: batches of 7 rows; 4 members and 2 products, so that every row is a block.
        assertSame(found, searched(features, COUNT, 3, new CellSearch.Limits(100, 4, 2)));
        assertSame(found, searched(features, COUNT, 3, new CellSearch.Limits(1, 3, 9)));
    }

    @Test
    void noRowListsItselfOrAnotherTwice() {
        var found = approximate(groups(1000, 16, 40, 0.6), COUNT, 0.7);
        for (var row = 0; row < 1000; row++) {
            var others = Arrays.copyOfRange(found.indices(), row * COUNT, (row + 1) * COUNT);
            assertEquals(COUNT, IntStream.of(others).distinct().count(), "row " + row);
            for (var rank = 0; rank < COUNT; rank++) {
                assertNotEquals(row, others[rank]);
                assertTrue(
                        rank == 0
                                || found.squaredDistances()[row * COUNT + rank - 1]
                                        <= found.squaredDistances()[row * COUNT + rank],
                        "row " + row);
            }
        }
    }

    @Test
    void whereACellHasTooFewMembersMoreAreLookedInto() {
        // Two pairs near each other, the next two far away, a cell for each pair: three others lie in two cells.
        var features = FeatureMatrix.allocate(40, 1);
        for (var row = 0; row < 40; row++) {
            features.write(row, 1, new float[] {row / 4 * 1000 + row / 2 % 2 * 10 + row % 2});
        }
        var centroids = FeatureMatrix.allocate(20, 1);
        var groups = new int[40][];
        for (var row = 0; row < 40; row++) {
            groups[row] = new int[] {row / 2};
            centroids.write(row / 2, 1, new float[] {row / 4 * 1000 + row / 2 % 2 * 10 + 0.5F});
        }
        var labels = IntStream.range(0, 40).map(row -> row / 2).toArray();
        var cells = new Cells(centroids, labels, Groups.of(20, groups));
        var found = new CellSearch(features, cells, 3, 1, ALGEBRA, CellSearch.Limits.USUAL).neighbours(Progress.NONE);
        assertSame(exact(features, 3), found);
    }

    @Test
    void equalRowsAreNeighboursOfEachOther() {
        var found = approximate(FeatureMatrix.allocate(300, 3), COUNT, 0.95);
        assertSame(exact(FeatureMatrix.allocate(300, 3), COUNT), found);
        assertEquals(1, notices.size());
    }

    @Test
    void manyDuplicatesAreFound() {
        var groups = groups(10, 4, 10, 0.1);
        var features = FeatureMatrix.allocate(300, 4);
        for (var row = 0; row < 300; row++) {
            features.write(row, 1, groups.row(row % 10));
        }
        assertSame(exact(features, COUNT), approximate(features, COUNT, 0.95));
        assertTrue(notices.get(0).contains("a recall of 1.000"), notices.get(0));
    }

    @Test
    void fewRowsHaveTheirExactNeighbours() {
        for (var rows = 2; rows < 12; rows++) {
            var features = groups(rows, 3, 2, 0.5);
            for (var count = 1; count < rows; count++) {
                assertEquals(
                        rows * count,
                        approximate(features, count, 0.95).indices().length,
                        rows + " rows, " + count + " neighbours");
            }
            assertSame(exact(features, rows - 1), approximate(features, rows - 1, 0.95));
        }
    }

    @Test
    void scatteredRowsAreComparedWithAllAndThatIsSaid() {
        var features = groups(400, 64, 400, 1); // every row a group of its own
        assertSame(exact(features, COUNT), approximate(features, COUNT, 0.99));
        assertEquals(1, notices.size());
        assertTrue(
                notices.get(0).startsWith("the graph of neighbours is exact: for clustering.recall 0.99 every image"),
                notices.get(0));
    }

    @Test
    void theSeedDecidesAndNotTheNumberOfThreads() {
        var features = groups(3000, 16, 120, 0.7);
        var pool = new ForkJoinPool(1);
        Neighbours alone;
        try {
            alone = pool.submit(() -> approximate(features, COUNT, 0.8)).join();
        } finally {
            pool.shutdown();
        }
        assertSame(alone, approximate(features, COUNT, 0.8));
        var other = new ApproximateNeighbours(COUNT, 0.8, StageContext.quiet(ALGEBRA, new Seed(8))).of(features);
        assertTrue(!Arrays.equals(alone.indices(), other.indices()), "another seed makes other cells");
    }

    @Test
    void noCellIsEmpty() {
        var features = groups(300, 4, 10, 0);
        try (var points = ALGEBRA.upload(features)) {
            var cells = Cells.of(features, points, 35, new Seed(2), QUIET);
            assertTrue(cells.count() <= 10, cells.count() + " cells of 10 different rows");
            for (var cell = 0; cell < cells.count(); cell++) {
                var expected = cell;
                assertTrue(cells.members().size(cell) > 0);
                assertTrue(cells.members().of(cell).allMatch(row -> cells.labels()[row] == expected));
            }
            assertEquals(300, cells.members().rows().length);
        }
    }

    @Test
    void cellsAreOrderedByTheDistanceToTheirCentroids() {
        var scores = new float[] {3, 1, 2, 1, 5};
        assertArrayEquals(new int[] {1, 3, 2}, CellScores.nearest(scores, 3));
        assertArrayEquals(new int[] {1, 3, 2, 0, 4}, CellScores.nearest(scores, 5));
        assertEquals(0, CellScores.rank(scores, 1));
        assertEquals(1, CellScores.rank(scores, 3));
        assertEquals(4, CellScores.rank(scores, 4));
    }

    @Test
    void aCancelledProgressEndsTheSearch() {
        var features = groups(1000, 16, 40, 0.6);
        for (var calls : List.of(1, 7)) { // in the iterations of k-means, and beyond their five
            var left = new AtomicInteger(calls);
            var context = new StageContext(
                    ALGEBRA,
                    new Seed(1),
                    (done, total) -> {
                        if (left.decrementAndGet() == 0) {
                            throw new CancellationException("stop");
                        }
                    },
                    sentence -> {});
            var neighbours = new ApproximateNeighbours(COUNT, 0.8, context);
            assertThrows(CancellationException.class, () -> neighbours.of(features));
        }
    }

    private Neighbours approximate(FeatureMatrix features, int count, double recall) {
        notices.clear();
        var context = new StageContext(ALGEBRA, new Seed(1), Progress.NONE, notices::add);
        return new ApproximateNeighbours(count, recall, context).of(features);
    }

    private static Neighbours searched(FeatureMatrix features, int count, int probes, CellSearch.Limits limits) {
        try (var points = ALGEBRA.upload(features)) {
            var cells = Cells.of(features, points, 20, new Seed(3), QUIET);
            return new CellSearch(features, cells, count, Math.min(probes, cells.count()), ALGEBRA, limits)
                    .neighbours(Progress.NONE);
        }
    }

    private static Neighbours exact(FeatureMatrix features, int count) {
        try (var points = ALGEBRA.upload(features)) {
            return ALGEBRA.neighbours(points, count);
        }
    }

    private static void assertSame(Neighbours expected, Neighbours found) {
        assertArrayEquals(expected.indices(), found.indices());
        assertArrayEquals(expected.squaredDistances(), found.squaredDistances());
    }

    private static double recall(Neighbours exact, Neighbours found) {
        var hits = 0;
        for (var at = 0; at < exact.indices().length; at++) {
            var from = at / COUNT * COUNT;
            var wanted = exact.indices()[at];
            hits += (int) IntStream.range(from, from + COUNT)
                    .filter(other -> found.indices()[other] == wanted)
                    .count();
        }
        return hits / (double) exact.indices().length;
    }

    /** Row i lies around the centre (i mod groups), a normal vector, with a normal spread. */
    private static FeatureMatrix groups(int rows, int columns, int groups, double spread) {
        var centres = new Seed(11);
        var noise = new Seed(12);
        var values = new float[rows * columns];
        for (var at = 0; at < values.length; at++) {
            var centre = at / columns % groups * columns + at % columns;
            values[at] = (float) (centres.gaussian(centre) + spread * noise.gaussian(at));
        }
        return FeatureMatrix.of(values, columns);
    }
}
