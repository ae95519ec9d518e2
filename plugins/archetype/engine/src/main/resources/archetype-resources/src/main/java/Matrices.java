package ${package};

/**
 * Matrices as arrays of rows. Nearly all of the engine's time goes into {@code addProduct}: a library's product is what
 * to put there first.
 */
final class Matrices {
    private static final int TASK = 16; // rows of a product that one thread computes
    private static final int DEPTH = 64; // rows and columns of the right side that stay in the cache meanwhile
    private static final int WIDTH = 1024;
    private static final int STRIP = 32; // columns that are transposed at once

    private Matrices() {}

    /** Copies consecutive rows out of an array. */
    static float[][] rows(float[] values, int columns) {
        var rows = new float[values.length / columns][columns];
        for (var row = 0; row < rows.length; row++) {
            System.arraycopy(values, row * columns, rows[row], 0, columns);
        }
        return rows;
    }

    /** Copies the rows into an array, one after the other. */
    static void copy(float[][] rows, float[] target) {
        var at = 0;
        for (var row : rows) {
            System.arraycopy(row, 0, target, at, row.length);
            at += row.length;
        }
    }

    static float[][] transposed(float[][] rows, Workers workers) {
        var columns = rows[0].length;
        var transposed = new float[columns][rows.length];
        workers.forEach((columns + STRIP - 1) / STRIP, strip -> {
            var end = Math.min(columns, (strip + 1) * STRIP);
            for (var row = 0; row < rows.length; row++) {
                for (var column = strip * STRIP; column < end; column++) {
                    transposed[column][row] = rows[row][column];
                }
            }
        });
        return transposed;
    }

    /** {@code target += left right}. The order of the sums depends on the sizes only. */
    static void addProduct(float[][] left, float[][] right, float[][] target, Workers workers) {
        workers.forEach((left.length + TASK - 1) / TASK, task -> {
            var end = Math.min(left.length, (task + 1) * TASK);
            for (var column = 0; column < right[0].length; column += WIDTH) {
                for (var depth = 0; depth < right.length; depth += DEPTH) {
                    for (var row = task * TASK; row < end; row++) {
                        addRow(left[row], right, target[row], depth, column);
                    }
                }
            }
        });
    }

    private static void addRow(float[] factors, float[][] right, float[] target, int depth, int column) {
        var end = Math.min(right.length, depth + DEPTH);
        var to = Math.min(target.length, column + WIDTH);
        var k = depth;
        for (; k + 3 < end; k += 4) {
            addFour(factors, right, k, target, column, to);
        }
        for (; k < end; k++) {
            var factor = factors[k];
            var values = right[k];
            for (var i = column; i < to; i++) {
                target[i] += factor * values[i];
            }
        }
    }

    /** The JVM makes vector instructions of this loop because it writes one array and all share one index. */
    private static void addFour(float[] factors, float[][] right, int k, float[] target, int from, int to) {
        float a = factors[k];
        float b = factors[k + 1];
        float c = factors[k + 2];
        float d = factors[k + 3];
        var p = right[k];
        var q = right[k + 1];
        var r = right[k + 2];
        var s = right[k + 3];
        for (var i = from; i < to; i++) {
            target[i] += a * p[i] + b * q[i] + c * r[i] + d * s[i];
        }
    }
}
