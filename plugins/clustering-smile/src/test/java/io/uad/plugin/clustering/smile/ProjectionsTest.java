package io.uad.plugin.clustering.smile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Progress;
import io.uad.api.Seed;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    @Test
    void theNearestRowOnThePlaneIsOfTheSameGroup() {
        var plane = tsne(Points.groups(90, 3), 10);
        for (var row = 0; row < 90; row++) {
            assertEquals(row % 3, nearest(plane, row) % 3, "row " + row);
        }
    }

    @Test
    void asManyColumnsAsRowsAreNoDistances() {
        var values = new float[30 * 30];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (100 * (i / 30 % 3) + new Seed(2).gaussian(i));
        }
        var plane = tsne(FeatureMatrix.of(values, 30), 5);
        for (var row = 0; row < 30; row++) {
            assertEquals(row % 3, nearest(plane, row) % 3, "row " + row);
        }
    }

    @Test
    void equalSeedsGiveEqualPlanes() {
        var features = Points.groups(60, 3);
        assertArrayEquals(tsne(features, 10).toArray(), tsne(features, 10).toArray());
    }

    @Test
    void duplicatesStayFinite() {
        for (var value : tsne(Points.duplicates(120, 2), 10).toArray()) {
            assertTrue(Float.isFinite(value));
        }
        assertArrayEquals(new float[120], tsne(Points.duplicates(60, 1), 10).toArray());
    }

    @Test
    void aPerplexityThatTheRowsDoNotAllowIsRefused() {
        var features = Points.groups(31, 3);
        assertEquals(31, tsne(features, 10).rows());
        assertThrows(IllegalArgumentException.class, () -> tsne(features, 10.1));
        assertThrows(IllegalArgumentException.class, () -> tsne(features, 0.5));
        assertThrows(IllegalArgumentException.class, () -> tsne(features, Double.NaN));
        var many = FeatureMatrix.allocate(Projections.MOST_TSNE_ROWS + 1, 1);
        assertThrows(IllegalArgumentException.class, () -> tsne(many, 10));
    }

    private static FeatureMatrix tsne(FeatureMatrix features, double perplexity) {
        return Projections.tsne(features, perplexity, 400, new Seed(5), Progress.NONE);
    }

    private static int nearest(FeatureMatrix plane, int row) {
        var nearest = -1;
        var least = Double.POSITIVE_INFINITY;
        for (var other = 0; other < plane.rows(); other++) {
            var distance = Math.hypot(plane.get(row, 0) - plane.get(other, 0), plane.get(row, 1) - plane.get(other, 1));
            if (other != row && distance < least) {
                least = distance;
                nearest = other;
            }
        }
        return nearest;
    }
}
