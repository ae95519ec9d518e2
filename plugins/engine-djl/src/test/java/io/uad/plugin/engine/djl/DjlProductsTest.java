package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.DeviceSearch;
import io.uad.plugin.engine.common.NeighbourSearch;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Both searches with the library's operations, on the CPU, against plain Java. */
class DjlProductsTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.empty()));
    private static final DjlProducts PRODUCTS = new DjlProducts(ENGINE.manager, ENGINE.linearAlgebra());
    private static final int COLUMNS = 6;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void theNearestAreThoseOfPlainJava() {
        var java = new JavaLinearAlgebra();
        for (var mean : new float[] {0, 30}) {
            var points = random("points", 60, mean);
            var others = random("others", 45, mean);
            for (var count : new int[] {1, 3, 45}) {
                var expected = java.nearest(java.upload(points), java.upload(others), count);
                try (var x = upload(points);
                        var c = upload(others)) {
                    assertSame(expected, new NeighbourSearch().nearest(PRODUCTS, x, c, count));
                    assertSame(expected, new NeighbourSearch(7, 4).nearest(PRODUCTS, x, c, count));
                    assertSame(expected, new DeviceSearch().nearest(PRODUCTS, x, c, count, false));
                    assertSame(expected, new DeviceSearch(7, 4).nearest(PRODUCTS, x, c, count, false));
                }
            }
        }
    }

    @Test
    void neighboursAmongThemselvesAreThoseOfPlainJava() {
        var points = random("points", 60, 3);
        var java = new JavaLinearAlgebra();
        var expected = java.neighbours(java.upload(points), 5);
        try (var x = upload(points)) {
            assertSame(expected, new NeighbourSearch(20, 100).neighbours(PRODUCTS, x, 5));
            assertSame(expected, new DeviceSearch(20, 100).nearest(PRODUCTS, x, x, 5, true));
        }
    }

    @Test
    void nothingStaysBehind() {
        try (var x = upload(random("points", 60, 30))) {
            new NeighbourSearch(7, 4).neighbours(PRODUCTS, x, 2);
            new NeighbourSearch().nearest(PRODUCTS, x, x, 1);
            new DeviceSearch(7, 4).nearest(PRODUCTS, x, x, 2, true);
            assertEquals(1, ENGINE.manager.getManagedArrays().size());
        }
    }

    private static DjlMatrix upload(FeatureMatrix matrix) {
        return (DjlMatrix) ENGINE.linearAlgebra().upload(matrix);
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
