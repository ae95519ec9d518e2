package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.Precision;
import io.uad.api.engine.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An engine that computes no networks, and whose linear algebra is plain Java's or wrong. */
class BrokenEngineTest {
    private static final List<String> ALGEBRA = Arrays.stream(EngineAlgebraContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT))
            .toList();

    private record Broken(LinearAlgebra linearAlgebra) implements Engine {
        @Override
        public EngineCapabilities capabilities() {
            return new EngineCapabilities("", "", "", 0, Precision.FLOAT32, Set.of(), List.of());
        }

        @Override
        public TrainingSession open(Network network, NamedTensors state) {
            throw new UnsupportedOperationException("no networks");
        }

        @Override
        public void close() {}
    }

    /** The last product is half as large again, the first nearest is the next, and each point is its own neighbour. */
    private record Wrong(LinearAlgebra java) implements LinearAlgebra {
        @Override
        public MatrixHandle upload(FeatureMatrix matrix) {
            return java.upload(matrix);
        }

        @Override
        public FeatureMatrix read(MatrixHandle matrix) {
            return java.read(matrix);
        }

        @Override
        public MatrixHandle multiply(MatrixHandle left, boolean transposeLeft, MatrixHandle right, boolean other) {
            var product = java.read(java.multiply(left, transposeLeft, right, other));
            var values = product.toArray();
            values[values.length - 1] *= 1.5f;
            return java.upload(FeatureMatrix.of(values, product.columns()));
        }

        @Override
        public Neighbours nearest(MatrixHandle points, MatrixHandle centroids, int count) {
            var found = java.nearest(points, centroids, count);
            found.indices()[0] = (found.indices()[0] + 1) % centroids.rows();
            return found;
        }

        @Override
        public Neighbours neighbours(MatrixHandle points, int count) {
            return java.nearest(points, points, count); // itself first
        }
    }

    private static List<String> failures(LinearAlgebra algebra) {
        return Contracts.run(new Fakes.FakeEngine(() -> new Broken(algebra))).failures().stream()
                .map(Scorecard.Check::name)
                .toList();
    }

    @Test
    void plainJavaKeepsThePromisesOfLinearAlgebra() {
        var failed = failures(new JavaLinearAlgebra());
        assertEquals(List.of(), ALGEBRA.stream().filter(failed::contains).toList());
    }

    @Test
    void anEngineWithoutNetworksFailsWhereNetworksAreChecked() {
        var failed = failures(new JavaLinearAlgebra());
        assertTrue(failed.contains("it says what it is"), failed.toString());
        assertTrue(failed.contains("gradients are the slopes of that loss"), failed.toString());
        assertTrue(failed.contains("pools are those of plain loops"), failed.toString());
    }

    @Test
    void wrongProductsAndNeighboursFail() {
        var failed = failures(new Wrong(new JavaLinearAlgebra()));
        assertTrue(failed.contains("a matrix may be multiplied by itself"), failed.toString());
        assertTrue(failed.contains("the nearest centroids are those of plain java"), failed.toString());
        assertTrue(failed.contains("the nearest other points are those of plain java"), failed.toString());
    }
}
