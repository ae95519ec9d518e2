package io.uad.plugin.clustering.pic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SparseMatrixTest {
    private static final Seed SEED = new Seed(5);

    @Test
    void aRowHasEachColumnOnceAndInOrder() {
        // A is 0 4 5 / 6 0 7 / 8 9 0, its rows' values in any order.
        var sum = SparseMatrix.regular(2, new int[] {2, 1, 0, 2, 1, 0}, new double[] {5, 4, 6, 7, 9, 8})
                .plusTransposed();
        assertArrayEquals(new int[] {0, 2, 4, 6}, sum.starts());
        assertArrayEquals(new int[] {1, 2, 0, 2, 0, 1}, sum.columns());
        assertArrayEquals(new double[] {10, 13, 10, 16, 13, 16}, sum.values());
    }

    @Test
    void theSumWithItsTransposeIsThatOfTheFullMatrix() {
        var rows = 40;
        var perRow = 6;
        var columns = new int[rows * perRow];
        var values = new double[columns.length];
        var full = new double[rows][rows];
        for (var row = 0; row < rows; row++) {
            var others = SEED.derive(row).choose(perRow, rows - 1);
            for (var rank = 0; rank < perRow; rank++) {
                var at = row * perRow + rank;
                columns[at] = others[rank] < row ? others[rank] : others[rank] + 1;
                values[at] = SEED.uniform(at);
                full[row][columns[at]] += values[at];
                full[columns[at]][row] += values[at];
            }
        }
        var sum = SparseMatrix.regular(perRow, columns, values).plusTransposed();
        assertEquals(rows, sum.rows());
        for (var row = 0; row < rows; row++) {
            var ofRow = new double[rows];
            for (var at = sum.starts()[row]; at < sum.starts()[row + 1]; at++) {
                ofRow[sum.columns()[at]] = sum.values()[at];
            }
            assertArrayEquals(full[row], ofRow, "row " + row); // two numbers add up alike in either order
            var present = Arrays.stream(full[row]).filter(value -> value != 0).count();
            assertEquals(present, sum.starts()[row + 1] - sum.starts()[row]);
        }
    }

    @Test
    void aProductIsThatOfTheFullRow() {
        var matrix = new SparseMatrix(new int[] {0, 2, 2, 3}, new int[] {1, 2, 0}, new double[] {2, 3, 5});
        var v = new double[] {7, 11, 13};
        assertEquals(2 * 11 + 3 * 13, matrix.product(0, v));
        assertEquals(0, matrix.product(1, v));
        assertEquals(5 * 7, matrix.product(2, v));
    }
}
