package io.uad.plugin.reduction.pca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.UadException;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import io.uad.api.reduction.Projection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PcaTest {
    private static final StageContext CONTEXT = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));

    /** 400 x 3,000 has 400 exact directions; the search never sees the 400 x 400 Gram matrix. */
    @Test
    void theRandomisedAxesAtThreeThousandColumnsEqualTheExactOnes() {
        var rows = decaying(400, 3000);
        try (var centred = CONTEXT.algebra().upload(Moments.of(rows).centred(rows))) {
            var exact = PrincipalAxes.exact(centred, 16, CONTEXT.algebra());
            var randomised = PrincipalAxes.randomised(centred, 16, CONTEXT);
            for (var i = 0; i < 16; i++) {
                assertEquals(1, randomised.eigenvalues()[i] / exact.eigenvalues()[i], 1e-5, "eigenvalue " + i);
                var cosine = 0.0;
                for (var j = 0; j < 3000; j++) {
                    cosine += exact.axes()[i][j] * randomised.axes()[i][j];
                }
                // A residual of 1e-4 lambda over gaps of about lambda / 10 turns an axis by 1e-3: 1 - cos = 5e-7.
                assertEquals(1, cosine, 1e-6, "axis " + i);
            }
        }
    }

    @Test
    void theForecastHasTheShapesOfTheState() {
        for (var components : new OptionalInt[] {OptionalInt.of(8), OptionalInt.empty()}) {
            var pca = new Pca(new PcaOptions(components, 20_000));
            var forecast = pca.forecast(60, 20).orElseThrow();
            try (var projection = pca.fit(decaying(60, 20), CONTEXT)) {
                assertEquals(projection.columns(), forecast.columns());
                var shapes = new LinkedHashMap<String, List<Integer>>();
                projection.state().asMap().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
                assertEquals(
                        List.copyOf(shapes.entrySet()),
                        List.copyOf(forecast.state().entrySet()));
            }
        }
    }

    /** The sample alone is n x D x 4 bytes on the engine. */
    @Test
    void theForecastGrowsWithTheSampleAndItsColumns() {
        var pca = new Pca(new PcaOptions(OptionalInt.of(256), 20_000));
        var small = pca.forecast(1000, 4096).orElseThrow();
        var large = pca.forecast(20_000, 9928).orElseThrow();
        assertTrue(large.deviceBytes() >= 4L * 20_000 * 9928);
        assertTrue(large.heapBytes() > small.heapBytes());
        assertTrue(large.operations() > small.operations());
    }

    @Test
    void projectedRowsHaveLengthOneAndAFitIsRepeatable() {
        var rows = decaying(60, 20);
        try (var first = fit(rows, OptionalInt.of(8));
                var again = fit(rows, OptionalInt.of(8))) {
            var z = first.project(rows);
            assertArrayEquals(z.toArray(), again.project(rows).toArray());
            for (var i = 0; i < 60; i++) {
                var squares = 0.0;
                for (var value : z.row(i)) {
                    squares += value * value;
                }
                assertEquals(1, squares, 1e-6);
            }
        }
    }

    @Test
    void aRestoredProjectionGivesTheSameBytes() {
        var rows = decaying(60, 20);
        try (var fitted = fit(rows, OptionalInt.of(8));
                var restored = new Pca(options(OptionalInt.of(8))).restore(fitted.state(), CONTEXT.algebra())) {
            assertArrayEquals(
                    fitted.project(rows).toArray(), restored.project(rows).toArray());
            assertEquals(fitted.state(), restored.state());
        }
    }

    @Test
    void theLargestEntryOfEachAxisIsPositive() {
        try (var fitted = fit(decaying(60, 20), OptionalInt.of(5))) {
            var whitening = fitted.state().get("whitening").floats();
            for (var c = 0; c < 5; c++) {
                var peak = 0f;
                for (var j = 0; j < 20; j++) {
                    peak = Math.abs(whitening[j * 5 + c]) > Math.abs(peak) ? whitening[j * 5 + c] : peak;
                }
                assertTrue(peak > 0);
            }
        }
    }

    @Test
    void theMeanRowBecomesZerosNotNaN() {
        var rows = FeatureMatrix.of(new float[] {-1, 2, 1, -2, 3, 1, -3, -1}, 2);
        try (var fitted = fit(rows, OptionalInt.of(2))) {
            assertArrayEquals(
                    new float[] {0, 0},
                    fitted.project(FeatureMatrix.of(new float[] {0, 0}, 2)).toArray());
        }
    }

    @Test
    void automaticComponentsAreAsManyAsTheRowsAllow() {
        try (var fitted = fit(decaying(12, 30), OptionalInt.empty())) {
            assertEquals(11, fitted.columns());
        }
        var duplicates = FeatureMatrix.allocate(10, 4);
        for (var i = 0; i < 10; i++) {
            duplicates.write(i, 1, new float[] {i % 3, i % 3 == 1 ? 1 : 0, 7, 7});
        }
        try (var fitted = fit(duplicates, OptionalInt.empty())) {
            assertEquals(2, fitted.columns());
        }
    }

    @Test
    void tooFewRowsNoVarianceTooFewDirectionsAndNaNAreClearErrors() {
        assertError(ErrorKind.CONFIG, "8 components of 8 images", decaying(8, 20), 8);
        assertError(ErrorKind.DATA, "the same features", FeatureMatrix.allocate(9, 3), 2);
        var flat = FeatureMatrix.allocate(9, 3);
        for (var i = 0; i < 9; i++) {
            flat.write(i, 1, new float[] {i, 2 * i, 3 * i});
        }
        assertError(ErrorKind.DATA, "1 directions only", flat, 2);
        var broken = decaying(9, 3);
        broken.write(4, 1, new float[] {1, Float.NaN, 1});
        assertError(ErrorKind.DATA, "row 4, column 1", broken, 2);
    }

    @Test
    void oneColumnBecomesItsSign() {
        var rows = FeatureMatrix.of(new float[] {1, 2, 3, 10}, 1); // the mean is 4
        try (var fitted = fit(rows, OptionalInt.empty())) {
            assertArrayEquals(new float[] {-1, -1, -1, 1}, fitted.project(rows).toArray());
            // 9 + 4 + 1 + 36
            assertEquals(50, fitted.state().get("eigenvalues").floats()[0], 1e-4);
        }
    }

    @Test
    void twoRowsHaveOneDirection() {
        var rows = FeatureMatrix.of(new float[] {0, 0, 0, 3, 4, 0}, 3);
        try (var fitted = fit(rows, OptionalInt.empty())) {
            assertArrayEquals(new float[] {-1, 1}, fitted.project(rows).toArray(), 1e-6f);
        }
    }

    @Test
    void aSingleRowAndInfinityAreClearErrors() {
        var single = assertThrows(UadException.class, () -> fit(FeatureMatrix.allocate(1, 3), OptionalInt.empty()));
        assertEquals(ErrorKind.CONFIG, single.kind());
        assertTrue(single.toString().contains("2 images or more"), single.toString());
        var infinite = decaying(9, 3);
        infinite.write(8, 1, new float[] {1, 1, Float.NEGATIVE_INFINITY});
        assertError(ErrorKind.DATA, "row 8, column 2 is -Infinity", infinite, 2);
        assertError(ErrorKind.CONFIG, "4 components of 9 images with 3 feature columns", decaying(9, 3), 4);
    }

    @Test
    void whitenedColumnsHaveASumOfSquaresOfOneOverTheSample() {
        var rows = decaying(60, 20);
        try (var fitted = fit(rows, OptionalInt.of(8))) {
            var mean = fitted.state().get("mean").floats();
            var whitening = fitted.state().get("whitening").floats();
            for (var c = 0; c < 8; c++) {
                var squares = 0.0;
                for (var i = 0; i < 60; i++) {
                    var sum = 0.0;
                    for (var j = 0; j < 20; j++) {
                        sum += ((double) rows.get(i, j) - mean[j]) * whitening[j * 8 + c];
                    }
                    squares += sum * sum;
                }
                assertEquals(1, squares, 1e-5, "column " + c); // products of float32
            }
        }
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        try (var fitted = fit(decaying(12, 6), OptionalInt.of(2))) {
            var error = assertThrows(IllegalArgumentException.class, () -> fitted.project(decaying(12, 5)));
            assertEquals("rows must have 6 columns, had 5", error.getMessage());
        }
    }

    @Test
    void rowsAreNotChanged() {
        var rows = decaying(30, 10);
        var before = rows.toArray();
        try (var fitted = fit(rows, OptionalInt.of(3))) {
            fitted.project(rows);
        }
        assertArrayEquals(before, rows.toArray());
    }

    @Test
    void minimumAndSampleFollowFromTheOptions() {
        assertEquals(9, new Pca(options(OptionalInt.of(8))).minimumRows());
        assertEquals(2, new Pca(options(OptionalInt.empty())).minimumRows());
        assertEquals(20_000, new Pca(options(OptionalInt.empty())).sampleRows());
        var error = assertThrows(IllegalArgumentException.class, () -> new PcaOptions(OptionalInt.of(256), 256));
        assertEquals("sample must be above components, was 256 with 256 components", error.getMessage());
    }

    /** Eigenvalues of {@code i^-0.5}: the 17th is 3 % below the 16th. */
    @Test
    void aSpectrumThatDecaysSlowlyConverges() {
        var size = 600;
        var eigenvalues = new double[size];
        Arrays.setAll(eigenvalues, i -> Math.pow(i + 1, -0.5));
        assertFound(eigenvalues, 16);
    }

    /** 24 of each are more than a block of 16 holds; they fall so fast that those already found converge at once. */
    @Test
    void copiesOfAnEigenvalueBeyondABlocksWidthAreNotPassedOver() {
        var eigenvalues = new double[400];
        Arrays.setAll(eigenvalues, i -> Math.pow(0.7, Math.floor(i / 24.0)));
        assertFound(eigenvalues, 32);
    }

    /** 40 is more than a block of 22 holds. */
    @Test
    void eigenvaluesThatOccurMoreOftenThanABlockIsWideAreAllFound() {
        var eigenvalues = new double[300];
        Arrays.setAll(eigenvalues, i -> i < 40 ? 2 : 1);
        assertFound(eigenvalues, 44);
    }

    @Test
    void directionsBeyondTheRankHaveNoVariance() {
        var eigenvalues = new double[300];
        Arrays.fill(eigenvalues, 0, 5, 1);
        assertFound(eigenvalues, 12);
    }

    /** Rows with those eigenvalues along the columns' axes, which a Gaussian start does not know. */
    private static void assertFound(double[] eigenvalues, int count) {
        var notices = new ArrayList<String>();
        var passes = new int[1];
        var size = eigenvalues.length;
        var algebra = new Forwarding(new JavaLinearAlgebra()) {
            @Override
            public MatrixHandle multiply(MatrixHandle a, boolean transposeA, MatrixHandle b, boolean transposeB) {
                passes[0] += a.rows() == size && a.columns() == size ? 1 : 0;
                return super.multiply(a, transposeA, b, transposeB);
            }
        };
        var rows = FeatureMatrix.allocate(size, size);
        for (var i = 0; i < size; i++) {
            var row = new float[size];
            row[i] = (float) Math.sqrt(eigenvalues[i]);
            rows.write(i, 1, row);
        }
        var context = new StageContext(algebra, new Seed(1), (done, total) -> {}, notices::add);
        try (var centred = algebra.upload(rows)) {
            var found = PrincipalAxes.randomised(centred, count, context);
            for (var i = 0; i < count; i++) {
                // An eigenvalue is off by the square of the residual over a gap, and by the rounding of float32.
                assertEquals(eigenvalues[i], found.eigenvalues()[i], 1e-5, "eigenvalue " + i);
            }
        }
        assertEquals(0, notices.size(), notices.toString());
        assertTrue(passes[0] <= 2 * 8 * Math.max(count, 32) / 16 + 6, passes[0] + " passes over the rows");
    }

    /** Noise of 1 % in each product is no eigenvalue problem. */
    @Test
    void aSearchThatDoesNotConvergeSaysSo() {
        var notices = new ArrayList<String>();
        var algebra = new Forwarding(new JavaLinearAlgebra()) {
            private long products;

            @Override
            public MatrixHandle multiply(MatrixHandle a, boolean transposeA, MatrixHandle b, boolean transposeB) {
                try (var product = super.multiply(a, transposeA, b, transposeB)) {
                    var values = read(product).toArray();
                    var seed = new Seed(products++);
                    for (var i = 0; i < values.length; i++) {
                        values[i] *= (float) (1 + 0.01 * seed.gaussian(i));
                    }
                    return upload(FeatureMatrix.of(values, product.columns()));
                }
            }
        };
        var context = new StageContext(algebra, new Seed(1), (done, total) -> {}, notices::add);
        var rows = decaying(120, 300);
        try (var centred = algebra.upload(Moments.of(rows).centred(rows))) {
            PrincipalAxes.randomised(centred, 4, context);
        }
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).startsWith("PCA stopped after "), notices.get(0));
    }

    /** Powers of two change no digit, as long as float32 holds all products. */
    @Test
    void theProjectionDoesNotDependOnTheScaleOfTheFeatures() {
        var rows = decaying(30, 50);
        try (var plain = fit(rows, OptionalInt.of(4))) {
            var expected = plain.project(rows).toArray();
            for (var exponent : new int[] {-45, 45}) {
                var scaled = times(rows, Math.scalb(1f, exponent));
                try (var fitted = fit(scaled, OptionalInt.of(4))) {
                    assertArrayEquals(expected, fitted.project(scaled).toArray(), 1e-5f, "2^" + exponent);
                }
            }
        }
    }

    @Test
    void featuresWhoseProductsFloat32CannotHoldAreClearErrors() {
        for (var components : new OptionalInt[] {OptionalInt.of(2), OptionalInt.empty()}) {
            for (var factor : new float[] {1e20f, 1e-20f, 1e-42f}) {
                var rows = times(decaying(9, 3), factor);
                var error = assertThrows(UadException.class, () -> fit(rows, components));
                assertEquals(ErrorKind.DATA, error.kind());
                assertTrue(error.toString().contains("the features deviate from their mean by"), error.toString());
                assertTrue(error.toString().contains("by 1e-15 to 1e+14"), error.toString());
                assertTrue(error.toString().contains(factor > 1 ? "lower training.learning-rate" : "images differ"));
            }
            assertThrows(UadException.class, () -> fit(FeatureMatrix.allocate(9, 3), components));
        }
    }

    @Test
    void anEngineWhoseProductsAreNotFiniteIsNotTakenForConverged() {
        var rows = decaying(40, 30);
        var products = new int[1];
        var algebra = new Forwarding(new JavaLinearAlgebra()) {
            @Override
            public MatrixHandle multiply(MatrixHandle a, boolean transposeA, MatrixHandle b, boolean transposeB) {
                var product = super.multiply(a, transposeA, b, transposeB);
                if (++products[0] < 2) {
                    return product;
                }
                return upload(times(read(product), Float.NaN));
            }
        };
        try (var centred = algebra.upload(Moments.of(rows).centred(rows))) {
            var context = StageContext.quiet(algebra, new Seed(1));
            var error = assertThrows(IllegalStateException.class, () -> PrincipalAxes.randomised(centred, 4, context));
            assertEquals("the engine's products of finite features are not finite", error.getMessage());
        }
    }

    @Test
    void aSearchThatIsStoppedLeavesNoHandleOpenAndTheRowsAlone() {
        var rows = decaying(60, 200);
        var before = rows.toArray();
        for (var stopAt : new int[] {1, 5, Integer.MAX_VALUE}) {
            var open = new int[1];
            var algebra = new Forwarding(new JavaLinearAlgebra()) {
                @Override
                public MatrixHandle upload(FeatureMatrix matrix) {
                    return counted(super.upload(matrix));
                }

                @Override
                public FeatureMatrix read(MatrixHandle matrix) {
                    return super.read(((Counted) matrix).handle);
                }

                @Override
                public MatrixHandle multiply(MatrixHandle a, boolean transposeA, MatrixHandle b, boolean transposeB) {
                    return counted(super.multiply(((Counted) a).handle, transposeA, ((Counted) b).handle, transposeB));
                }

                private MatrixHandle counted(MatrixHandle handle) {
                    open[0]++;
                    return new Counted(handle, open);
                }
            };
            var context = new StageContext(
                    algebra,
                    new Seed(1),
                    (done, total) -> {
                        if (done == stopAt) {
                            throw new CancellationException();
                        }
                    },
                    sentence -> {});
            try (var centred = algebra.upload(Moments.of(rows).centred(rows))) {
                if (stopAt == Integer.MAX_VALUE) {
                    PrincipalAxes.randomised(centred, 4, context);
                } else {
                    assertThrows(CancellationException.class, () -> PrincipalAxes.randomised(centred, 4, context));
                }
            }
            assertEquals(0, open[0], "stopped at " + stopAt);
        }
        assertArrayEquals(before, rows.toArray());
    }

    private record Counted(MatrixHandle handle, int[] open) implements MatrixHandle {
        @Override
        public int rows() {
            return handle.rows();
        }

        @Override
        public int columns() {
            return handle.columns();
        }

        @Override
        public void close() {
            open[0]--;
            handle.close();
        }
    }

    private static class Forwarding implements LinearAlgebra {
        private final LinearAlgebra target;

        Forwarding(LinearAlgebra target) {
            this.target = target;
        }

        @Override
        public MatrixHandle upload(FeatureMatrix matrix) {
            return target.upload(matrix);
        }

        @Override
        public FeatureMatrix read(MatrixHandle matrix) {
            return target.read(matrix);
        }

        @Override
        public MatrixHandle multiply(MatrixHandle a, boolean transposeA, MatrixHandle b, boolean transposeB) {
            return target.multiply(a, transposeA, b, transposeB);
        }

        @Override
        public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
            return target.nearest(points, centroids, count);
        }

        @Override
        public Neighbours neighbours(MatrixHandle points, int count) {
            return target.neighbours(points, count);
        }
    }

    private static FeatureMatrix times(FeatureMatrix rows, float factor) {
        var values = rows.toArray();
        for (var i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return FeatureMatrix.of(values, rows.columns());
    }

    private static void assertError(ErrorKind kind, String part, FeatureMatrix rows, int components) {
        var error = assertThrows(UadException.class, () -> fit(rows, OptionalInt.of(components)));
        assertEquals(kind, error.kind());
        assertTrue(error.toString().contains(part), error.toString());
    }

    private static Projection fit(FeatureMatrix rows, OptionalInt components) {
        return new Pca(options(components)).fit(rows, CONTEXT);
    }

    private static PcaOptions options(OptionalInt components) {
        return new PcaOptions(components, 20_000);
    }

    /** Gaussian rows whose spectrum falls like 0.9^i for 40 directions and is flat and small beyond. */
    private static FeatureMatrix decaying(int rows, int columns) {
        var seed = new Seed(4);
        var directions = Math.min(40, columns);
        var left = seed.derive("left");
        var right = seed.derive("right");
        var noise = seed.derive("noise");
        var values = new float[rows * columns];
        for (var i = 0; i < rows; i++) {
            for (var j = 0; j < columns; j++) {
                var sum = 0.01 * noise.gaussian((long) i * columns + j);
                for (var r = 0; r < directions; r++) {
                    sum += Math.pow(0.9, r)
                            * left.gaussian((long) i * directions + r)
                            * right.gaussian((long) r * columns + j);
                }
                values[i * columns + j] = (float) sum;
            }
        }
        return FeatureMatrix.of(values, columns);
    }
}
