package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.clustering.ClusterMeans;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.api.uncertainty.UncertaintyProvider;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What a formula of uncertainty promises: see {@link Uncertainty}. The options under test must not scale the weights, since
 * the neutral weight 1 is checked.
 */
public abstract class UncertaintyContract extends ProviderContract<UncertaintyProvider, Uncertainty> {
    private static final int ROWS = 60;
    private static final int COLUMNS = 5;
    /** {@link Rows#GROUPS} groups, then a cluster of one, one of four equal rows, and an empty one. */
    private static final int CLUSTERS = Rows.GROUPS + 3;

    private static final int ALONE = 0;
    private static final int EQUAL = 4;
    private static final int NOISE = 2;

    /** For subclasses. */
    protected UncertaintyContract() {}

    /** Rows with their clustering. */
    private record Clustered(FeatureMatrix features, Clustering clustering) {
        static Clustered of(FeatureMatrix features, int[] labels, int clusters) {
            return new Clustered(features, ClusterMeans.clustering(features, labels, clusters));
        }

        float[] weights(Uncertainty formula) {
            var weights = formula.weights(features, clustering, context());
            assertWeights(weights, clustering);
            return weights;
        }
    }

    private static StageContext context() {
        return StageContext.quiet(new JavaLinearAlgebra(), new Seed(7));
    }

    private static void assertWeights(float[] weights, Clustering clustering) {
        assertEquals(clustering.labels().length, weights.length, "number of weights");
        Rows.assertFinite(weights, "weights");
        for (var row = 0; row < weights.length; row++) {
            assertTrue(weights[row] >= 0, "weight of row " + row + " is " + weights[row]);
        }
    }

    private static Clustered everything() {
        var rows = Rows.blobs("uncertainty", ROWS, COLUMNS);
        var features = Rows.picked(rows, ROWS, row -> isEqual(row) ? EQUAL : row);
        var labels = new int[ROWS];
        for (var row = 0; row < ROWS; row++) {
            labels[row] = row % Rows.GROUPS;
            if (isEqual(row)) {
                labels[row] = Rows.GROUPS + 1;
            }
        }
        labels[ALONE] = Rows.GROUPS;
        labels[NOISE] = Clustering.NOISE;
        labels[NOISE + 1] = Clustering.NOISE;
        return Clustered.of(features, labels, CLUSTERS);
    }

    private static boolean isEqual(int row) {
        return row >= EQUAL && row < EQUAL + 4;
    }

    @Test
    final void weightsAreFiniteAndNotNegativeAndOnePerRow() {
        everything().weights(create());
    }

    @Test
    final void noiseWeighsNothing() {
        var all = everything();
        var weights = all.weights(create());
        for (var row = 0; row < ROWS; row++) {
            if (all.clustering.labels()[row] == Clustering.NOISE) {
                assertEquals(0, weights[row], "row " + row);
            }
        }
    }

    @Test
    final void theOnlyMemberOfAClusterWeighsOne() {
        assertEquals(1, everything().weights(create())[ALONE]);
    }

    @Test
    final void membersThatCannotBeToldApartWeighOne() {
        var weights = everything().weights(create());
        for (var row = EQUAL; row < EQUAL + 4; row++) {
            assertEquals(1, weights[row], "row " + row);
        }
    }

    @Test
    final void equalArgumentsGiveEqualWeightsFromTwoInstances() {
        assertArrayEquals(everything().weights(create()), everything().weights(create()));
    }

    @Test
    final void theWeightsAreTheCallersOwn() {
        var formula = create();
        var all = everything();
        var first = all.weights(formula);
        assertNotSame(first, all.weights(formula));
        var copy = first.clone();
        first[0] = Float.NaN;
        assertArrayEquals(copy, all.weights(formula));
    }

    @Test
    final void featuresAndClusteringAreNotChanged() {
        var all = everything();
        var before = everything();
        all.weights(create());
        assertArrayEquals(before.features.toArray(), all.features.toArray());
        assertArrayEquals(before.clustering.labels(), all.clustering.labels());
        assertArrayEquals(before.clustering.squaredDistances(), all.clustering.squaredDistances());
        assertArrayEquals(
                before.clustering.centroids().toArray(),
                all.clustering.centroids().toArray());
    }

    @Test
    final void permutedRowsHaveTheSameWeights() {
        var all = everything();
        var order = new Seed(3).choose(ROWS, ROWS);
        var labels = new int[ROWS];
        var squared = new float[ROWS];
        for (var row = 0; row < ROWS; row++) {
            labels[row] = all.clustering.labels()[order[row]];
            squared[row] = all.clustering.squaredDistances()[order[row]];
        }
        var permuted = new Clustered(
                Rows.picked(all.features, ROWS, row -> order[row]),
                new Clustering(labels, squared, all.clustering.centroids(), all.clustering.objective()));
        var expected = all.weights(create());
        var found = permuted.weights(create());
        for (var row = 0; row < ROWS; row++) {
            // Sums over the rows may be taken in another order.
            assertEquals(expected[order[row]], found[row], 1e-4, "row " + row);
        }
    }

    @Test
    final void aSingleClusterIsWeighed() {
        Clustered.of(Rows.blobs("single", ROWS, COLUMNS), new int[ROWS], 1).weights(create());
    }

    @Test
    final void noiseAloneIsWeighed() {
        var labels = new int[ROWS];
        Arrays.fill(labels, Clustering.NOISE);
        Clustered.of(Rows.blobs("noise", ROWS, COLUMNS), labels, 2).weights(create());
    }

    @Test
    final void oneColumnIsWeighed() {
        var labels = new int[ROWS];
        Arrays.setAll(labels, row -> row % 3);
        Clustered.of(Rows.blobs("one", ROWS, 1), labels, 3).weights(create());
    }

    @Test
    final void unseenRowsGetFiniteWeightsToo() {
        var trained = everything();
        var features = Rows.blobs("unseen", 9, COLUMNS);
        var labels = new int[] {0, 1, 2, 3, 4, 5, 6, 1, Clustering.NOISE};
        var squared = new float[labels.length];
        for (var row = 0; row < labels.length; row++) {
            for (var j = 0; j < COLUMNS && labels[row] != Clustering.NOISE; j++) {
                squared[row] += (float) Math.pow(
                        features.get(row, j) - trained.clustering.centroids().get(labels[row], j), 2);
            }
        }
        var assigned = new Clustering(labels, squared, trained.clustering.centroids(), 0);
        var weights = create().weightsOfUnseen(features, assigned, trained.clustering, context());
        assertWeights(weights, assigned);
        assertEquals(0, weights[8], "noise");
    }

    @Test
    final void twentyCallsLeaveNothingBehind() throws Exception {
        var formula = create();
        Heap.assertFlat(() -> {
            var labels = new int[4000];
            Arrays.setAll(labels, row -> row % Rows.GROUPS);
            Clustered.of(Rows.blobs("many", labels.length, 80), labels, Rows.GROUPS)
                    .weights(formula);
        });
    }
}
