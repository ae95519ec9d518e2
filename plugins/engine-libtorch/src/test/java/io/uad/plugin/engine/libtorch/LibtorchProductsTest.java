package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import io.uad.plugin.engine.common.DeviceSearch;
import io.uad.plugin.engine.common.NeighbourSearch;
import io.uad.testkit.contract.ResidentMemory;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Both searches with the library's operations, on the CPU, against plain Java. */
class LibtorchProductsTest {
    private static final LibtorchEngine ENGINE = LibtorchEngine.open(new LibtorchOptions("cpu", OptionalInt.empty()));
    private static final LibtorchLinearAlgebra ALGEBRA = ENGINE.linearAlgebra();
    private static final Device CPU = new Device("cpu");

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void theNearestAreThoseOfPlainJava() {
        var java = new JavaLinearAlgebra();
        for (var mean : new float[] {0, 30}) {
            var points = random("points", 60, 6, mean);
            var others = random("others", 45, 6, mean);
            for (var count : new int[] {1, 3, 45}) {
                var expected = java.nearest(java.upload(points), java.upload(others), count);
                try (var x = upload(points);
                        var c = upload(others)) {
                    assertSame(expected, ALGEBRA.nearest(x, c, count));
                    assertSame(expected, with(it -> new NeighbourSearch(7, 4).nearest(it, x, c, count)));
                    assertSame(expected, with(it -> new DeviceSearch().nearest(it, x, c, count, false)));
                    assertSame(expected, with(it -> new DeviceSearch(7, 4).nearest(it, x, c, count, false)));
                }
            }
        }
    }

    @Test
    void neighboursAmongThemselvesAreThoseOfPlainJava() {
        var points = random("points", 60, 6, 3);
        var java = new JavaLinearAlgebra();
        var expected = java.neighbours(java.upload(points), 5);
        try (var x = upload(points)) {
            assertSame(expected, ALGEBRA.neighbours(x, 5));
            assertSame(expected, with(it -> new NeighbourSearch(20, 100).neighbours(it, x, 5)));
            assertSame(expected, with(it -> new DeviceSearch(20, 100).nearest(it, x, x, 5, true)));
        }
    }

    /** A mebibyte of products, twice at least, in each of 200 steps; the rows are moved to another origin as well. */
    @Test
    void searchesLeaveNoMemoryBehind() throws IOException {
        try (var x = upload(random("points", 512, 16, 30))) {
            ResidentMemory.assertFlat(64, step -> {
                ALGEBRA.neighbours(x, 2);
                ALGEBRA.nearest(x, x, 1);
                with(it -> new DeviceSearch(512, 512).nearest(it, x, x, 1, true));
                ALGEBRA.multiply(x, false, x, true).close();
            });
        }
    }

    @Test
    void everyPointerEndsWithItsCall() {
        var points = random("points", 100, 16, 30);
        search(points);
        var before = Pointer.totalCount();
        search(points);
        assertEquals(before, Pointer.totalCount());
    }

    private static void search(FeatureMatrix points) {
        try (var x = upload(points)) {
            ALGEBRA.neighbours(x, 2);
            ALGEBRA.nearest(x, x, 1);
            ALGEBRA.read(x);
        }
    }

    @Test
    void closingAMatrixTwiceIsHarmless() {
        var matrix = upload(random("twice", 2, 2, 0));
        matrix.close();
        matrix.close();
        try (var other = upload(FeatureMatrix.of(new float[] {1, 2, 3, 4}, 2))) {
            matrix.close();
            assertArrayEquals(new float[] {1, 2, 3, 4}, ALGEBRA.read(other).toArray());
        }
    }

    private static Neighbours with(Function<LibtorchProducts, Neighbours> search) {
        return Native.withoutGradient(() -> "a search", () -> {
            try (var products = new LibtorchProducts(ALGEBRA, new Transfer(CPU))) {
                return search.apply(products);
            }
        });
    }

    private static LibtorchMatrix upload(FeatureMatrix matrix) {
        return (LibtorchMatrix) ALGEBRA.upload(matrix);
    }

    private static void assertSame(Neighbours expected, Neighbours actual) {
        assertEquals(expected.count(), actual.count());
        assertArrayEquals(expected.indices(), actual.indices());
        assertArrayEquals(expected.squaredDistances(), actual.squaredDistances(), 1e-4f); // sums of floats, not doubles
    }

    private static FeatureMatrix random(String name, int rows, int columns, float shift) {
        var seed = new Seed(11).derive(name);
        var values = new float[rows * columns];
        for (var i = 0; i < values.length; i++) {
            values[i] = shift + (float) seed.gaussian(i);
        }
        return FeatureMatrix.of(values, columns);
    }
}
