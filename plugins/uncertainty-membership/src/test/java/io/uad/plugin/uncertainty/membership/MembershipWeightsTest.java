package io.uad.plugin.uncertainty.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.MatrixHandle;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipWeightsTest {
    private static final StageContext CONTEXT = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));

    @Test
    void weightsByHand() {
        // Centroids 0 and 6; the rows lie 0, 1, 2 and 6, 1, noise from their own.
        var features = FeatureMatrix.of(new float[] {0, 1, -2, 6, 7, 3}, 1);
        var rows = of(features, new int[] {0, 0, 0, 1, 1, -1}, 0, 6);
        assertArrayEquals(
                // m = 2: 1 / (1 + d_1^2 / d_2^2)
                new float[] {1, 25 / 26f, 64 / 68f, 1, 49 / 50f, 0},
                fuzzy(0, false).weights(features, rows, CONTEXT),
                1e-6f);
        assertArrayEquals(
                new float[] {1.5f, 1.3f, 1.25f, 1.5f, 1.5f - 1 / 7f, 0},
                margin(0.5, false).weights(features, rows, CONTEXT),
                1e-6f);
        // t = 0.1 (0 + 1 + 4 + 0 + 1) / 5 = 0.12
        var x = 24 / 0.12;
        var entropy = (Math.log1p(Math.exp(-x)) + x * Math.exp(-x) / (1 + Math.exp(-x))) / Math.log(2);
        assertEquals(1.5 - entropy, entropy(0.5, false).weights(features, rows, CONTEXT)[1], 1e-6);
    }

    @Test
    void normalizedWeightsHaveAMeanOfOneWithoutTheNoise() {
        var features = blobs(60);
        var rows = clustered(features);
        rows.labels()[7] = Clustering.NOISE;
        for (var formula : all(0.2, true)) {
            var weights = formula.weights(features, rows, CONTEXT);
            var sum = 0.0;
            for (var weight : weights) {
                sum += weight;
            }
            assertEquals(59, sum, 1e-4);
            assertEquals(0, weights[7]);
        }
    }

    @Test
    void weightsRunFromGammaToOnePlusGamma() {
        var features = blobs(60);
        for (var formula : all(0.3, false)) {
            for (var weight : formula.weights(features, clustered(features), CONTEXT)) {
                assertTrue(weight >= 0.3f && weight <= 1.3f, "weight " + weight);
            }
        }
    }

    @Test
    void aSingleClusterWeighsOneEverywhere() {
        var features = blobs(20);
        var one = ClusterMeans.clustering(features, new int[20], 1);
        var oneOfThree = ClusterMeans.clustering(features, new int[20], 3);
        for (var formula : all(0.5, true)) {
            for (var weight : formula.weights(features, one, CONTEXT)) {
                assertEquals(1, weight);
            }
            assertArrayEquals(formula.weights(features, one, CONTEXT), formula.weights(features, oneOfThree, CONTEXT));
        }
    }

    @Test
    void singletonsAndClustersOfDuplicatesWeighOne() {
        var features = FeatureMatrix.of(new float[] {0, 5, 5, 5, 8, 9, 11}, 1);
        var rows = ClusterMeans.clustering(features, new int[] {0, 1, 1, 1, 2, 2, 2}, 3);
        for (var formula : all(0.5, false)) {
            var weights = formula.weights(features, rows, CONTEXT);
            for (var row = 0; row < 4; row++) {
                assertEquals(1, weights[row]);
            }
            assertTrue(weights[5] != 1);
        }
    }

    @Test
    void emptyClustersDoNotCompete() {
        var features = FeatureMatrix.of(new float[] {0, 1, -2, 6, 7, 9}, 1);
        var labels = new int[] {0, 0, 0, 1, 1, 1};
        var without = of(features, labels, 0, 6);
        var with = of(features, labels, 0, 6, 0.5f);
        for (var formula : all(0.5, false)) {
            assertArrayEquals(formula.weights(features, without, CONTEXT), formula.weights(features, with, CONTEXT));
        }
    }

    @Test
    void aRowWhoseOwnCentroidIsAmongTheFarthestIsLeastTrusted() {
        // 0 belongs to the cluster around 50, beyond all others; 10 centroids are looked at.
        var values = new float[2 * 14];
        var labels = new int[2 * 14];
        var centroids = new float[14];
        for (var cluster = 0; cluster < 14; cluster++) {
            centroids[cluster] = cluster == 13 ? 50 : cluster;
            for (var i = 0; i < 2; i++) {
                labels[2 * cluster + i] = cluster;
                values[2 * cluster + i] = centroids[cluster] + 0.1f * (i + 1);
            }
        }
        values[27] = 0;
        var features = FeatureMatrix.of(values, 1);
        var rows = of(features, labels, centroids);
        assertEquals(0.5f, margin(0.5, false).weights(features, rows, CONTEXT)[27]);
        assertEquals(0.5f, entropy(0.5, false).weights(features, rows, CONTEXT)[27]);
        assertEquals(0.5f, fuzzy(0.5, false).weights(features, rows, CONTEXT)[27], 1e-6); // the first is at 0
    }

    @Test
    void theScaleOfTheFeaturesDoesNotMatter() {
        var features = blobs(60);
        var large = FeatureMatrix.allocate(60, 2);
        for (var row = 0; row < 60; row++) {
            large.write(row, 1, new float[] {1024 * features.get(row, 0), 1024 * features.get(row, 1)});
        }
        for (var formula : all(0.5, true)) {
            assertArrayEquals(
                    formula.weights(features, clustered(features), CONTEXT),
                    formula.weights(large, clustered(large), CONTEXT),
                    1e-6f);
        }
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        var features = blobs(60);
        var reversed = FeatureMatrix.allocate(60, 2);
        var rows = clustered(features);
        var labels = new int[60];
        var squared = new float[60];
        for (var row = 0; row < 60; row++) {
            reversed.write(row, 1, features.row(59 - row));
            labels[row] = rows.labels()[59 - row];
            squared[row] = rows.squaredDistances()[59 - row];
        }
        var turned = new Clustering(labels, squared, rows.centroids(), rows.objective());
        for (var formula : all(0.5, true)) {
            var weights = formula.weights(features, rows, CONTEXT);
            var turnedWeights = formula.weights(reversed, turned, CONTEXT);
            for (var row = 0; row < 60; row++) {
                assertEquals(weights[row], turnedWeights[59 - row], 1e-6);
            }
        }
    }

    @Test
    void anUnseenRowGetsWhatTheSameRowGotInTrainingWhateverStandsBesideIt() {
        var features = blobs(60);
        var trained = clustered(features);
        for (var formula : all(0.5, false)) {
            var weights = formula.weights(features, trained, CONTEXT);
            for (var row = 0; row < 60; row += 7) {
                var alone = new Clustering(
                        new int[] {trained.labels()[row]},
                        new float[] {trained.squaredDistances()[row]},
                        trained.centroids(),
                        0);
                var unseen = FeatureMatrix.of(features.row(row), 2);
                assertEquals(weights[row], formula.weightsOfUnseen(unseen, alone, trained, CONTEXT)[0], 1e-6);
            }
        }
    }

    @Test
    void unseenRowsAreNotScaledAndThatIsSaid() {
        var features = blobs(60);
        var trained = clustered(features);
        var notices = new ArrayList<String>();
        var context = new StageContext(new JavaLinearAlgebra(), new Seed(1), Progress.NONE, notices::add);
        assertArrayEquals(
                margin(0.5, false).weights(features, trained, CONTEXT),
                margin(0.5, true).weightsOfUnseen(features, trained, trained, context));
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).contains("not scaled to a mean of 1"), notices.get(0));
    }

    @Test
    void everyMatrixOnTheDeviceIsClosed() {
        var open = new ArrayList<MatrixHandle>();
        var algebra = new JavaLinearAlgebra();
        var counting = (LinearAlgebra) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LinearAlgebra.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("upload")) {
                        var handle = algebra.upload((FeatureMatrix) arguments[0]);
                        var own = new Counted(handle, open);
                        open.add(own);
                        return own;
                    }
                    for (var i = 0; i < arguments.length; i++) {
                        arguments[i] = arguments[i] instanceof Counted own ? own.handle : arguments[i];
                    }
                    return method.invoke(algebra, arguments);
                });
        var features = blobs(60);
        for (var formula : all(0.5, true)) {
            formula.weights(features, clustered(features), StageContext.quiet(counting, new Seed(1)));
            assertEquals(List.of(), open);
        }
    }

    private record Counted(MatrixHandle handle, List<MatrixHandle> open) implements MatrixHandle {
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
            open.removeIf(other -> other == this);
            handle.close();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private static List<Uncertainty> all(double gamma, boolean normalize) {
        return List.of(fuzzy(gamma, normalize), entropy(gamma, normalize), margin(gamma, normalize));
    }

    private static Uncertainty fuzzy(double gamma, boolean normalize) {
        return new FuzzyCMeansProvider().create(Options.of(new FuzzyCMeansOptions(2, 10, gamma, normalize)));
    }

    private static Uncertainty entropy(double gamma, boolean normalize) {
        return new EntropyProvider().create(Options.of(new EntropyOptions(0.1, 10, gamma, normalize)));
    }

    private static Uncertainty margin(double gamma, boolean normalize) {
        return new MarginProvider().create(Options.of(new MarginOptions(gamma, normalize)));
    }

    /** One column, with these centroids. */
    private static Clustering of(FeatureMatrix features, int[] labels, float... centroids) {
        var squared = new float[labels.length];
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] != Clustering.NOISE) {
                squared[row] = (float) Math.pow(features.get(row, 0) - centroids[labels[row]], 2);
            }
        }
        return new Clustering(labels, squared, FeatureMatrix.of(centroids, 1), 0);
    }

    private static Clustering clustered(FeatureMatrix features) {
        var labels = new int[features.rows()];
        for (var row = 0; row < labels.length; row++) {
            labels[row] = row % 4;
        }
        return ClusterMeans.clustering(features, labels, 4);
    }

    private static FeatureMatrix blobs(int rows) {
        var seed = new Seed(9);
        var values = new float[rows * 2];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (i / 2 % 4 * 2 * (i % 2) + seed.gaussian(i));
        }
        return FeatureMatrix.of(values, 2);
    }
}
