package io.uad.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureMatrixTest {
    private static final double[] MEAN = {1, 10};

    @Test
    void aViewLessARowIsReadInEveryWayAndFollowsItsMatrix() {
        var matrix = FeatureMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2);
        var view = matrix.minus(MEAN);
        assertArrayEquals(new float[] {0, -8, 2, -6, 4, -4}, view.toArray());
        assertArrayEquals(new float[] {2, -6}, view.row(1));
        assertEquals(-4, view.get(2, 1));
        assertArrayEquals(new float[] {0, -8}, view.head(1).toArray());
        matrix.write(0, 1, new float[] {7, 7});
        assertArrayEquals(new float[] {6, -3}, view.row(0));
        assertArrayEquals(new float[] {7, 7, 3, 4, 5, 6}, matrix.toArray());
    }

    @Test
    void aViewLessARowKeepsTheRowItWasMadeWith() {
        var mean = MEAN.clone();
        var view = FeatureMatrix.allocate(1, 2).minus(mean);
        Arrays.fill(mean, 0);
        assertArrayEquals(new float[] {-1, -10}, view.row(0));
    }

    @Test
    void aViewOfAViewSubtractsBoth() {
        var view = FeatureMatrix.allocate(1, 2).minus(MEAN).minus(new double[] {0.5, -1});
        assertArrayEquals(new float[] {-1.5f, -9}, view.row(0));
    }

    /** In float32, 16777217 is 16777216 and the difference would be 0. */
    @Test
    void theDifferenceIsTakenInDouble() {
        var view = FeatureMatrix.of(new float[] {16777216}, 1).minus(new double[] {16777217});
        assertEquals(-1, view.get(0, 0));
        assertEquals(-1, view.row(0)[0]);
    }

    @Test
    void aViewLessARowCannotBeWritten() {
        var view = FeatureMatrix.allocate(2, 2).minus(MEAN);
        assertThrows(UnsupportedOperationException.class, () -> view.write(0, 1, new float[2]));
        assertThrows(UnsupportedOperationException.class, () -> view.head(1).write(0, 1, new float[2]));
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> FeatureMatrix.allocate(2, 3).minus(MEAN));
        assertEquals("row must have 3 values, had 2", error.getMessage());
    }

    @Test
    void rowsPassTheBordersOfBlocks() {
        var columns = 1 << 23; // two rows per block
        var matrix = FeatureMatrix.allocate(3, columns);
        var rows = new float[2 * columns];
        rows[0] = 1;
        rows[columns] = 2;
        matrix.write(1, 2, rows);
        assertEquals(1, matrix.get(1, 0));
        assertEquals(2, matrix.get(2, 0));
        var read = new float[2 * columns];
        matrix.read(1, 2, read);
        assertArrayEquals(rows, read);
    }

    @Test
    void everyRowIsVisitedOnceInOrderAlsoThroughAView() {
        var matrix = FeatureMatrix.allocate(5, 1 << 19); // two rows at a time
        for (var row = 0; row < 5; row++) {
            var values = new float[1 << 19];
            values[3] = row;
            matrix.write(row, 1, values);
        }
        var seen = new StringBuilder();
        matrix.forEachRow((row, values, from) -> seen.append(row).append(values[from + 3]));
        assertEquals("00.011.022.033.044.0", seen.toString());
        FeatureMatrix.of(new float[] {1, 2}, 2)
                .minus(MEAN)
                .forEachRow((row, values, from) -> assertEquals(-8, values[from + 1]));
        FeatureMatrix.allocate(0, 3).forEachRow((row, values, from) -> seen.append("never"));
        assertEquals(20, seen.length());
    }
}
