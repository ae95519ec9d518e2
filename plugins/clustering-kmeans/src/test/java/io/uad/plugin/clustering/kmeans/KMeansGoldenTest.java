package io.uad.plugin.clustering.kmeans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.testkit.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KMeansGoldenTest {
    private static final JsonNode FILE = Golden.file("kmeans.json");
    private static final StageContext CONTEXT = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));

    @Test
    void lloydsIterationsEqualFaisss() {
        var golden = FILE.get("main");
        var columns = golden.get("columns").asInt();
        var features = features("kmeans", golden, golden.get("k").asInt());
        var rows = Golden.ints(golden.get("initial_rows"));
        assertArrayEquals(rows, Golden.generator().distinct("kmeans/init", rows.length, features.rows()));
        var initial = FeatureMatrix.allocate(rows.length, columns);
        for (var i = 0; i < rows.length; i++) {
            initial.write(i, 1, features.row(rows[i]));
        }
        var objectives = Golden.doubles(golden.get("objective"));
        var tolerance = golden.get("objective_tolerance_rel").asDouble();
        for (var iterations : new int[] {1, 2, objectives.length}) {
            var found = new KMeans(OptionalInt.of(rows.length), iterations)
                    .lloyd(features, initial, new RandomDonor(new Seed(1)), CONTEXT);
            var expected = objectives[iterations - 1];
            assertEquals(expected, found.objective(), tolerance * expected, "objective " + iterations);
        }
        var found = new KMeans(OptionalInt.of(rows.length), objectives.length)
                .lloyd(features, initial, new RandomDonor(new Seed(1)), CONTEXT);
        assertArrayEquals(Golden.ints(golden.get("labels")), found.labels());
        assertArrayEquals(Golden.ints(golden.get("sizes")), found.sizes());
        Golden.assertTensor(
                "centroids", golden.get("centroids"), found.centroids().toArray());
        var sum = 0.0;
        for (var distance : found.squaredDistances()) {
            sum += distance;
        }
        var finalSum = golden.get("sum_of_final_squared_distances").asDouble();
        assertEquals(finalSum, sum, tolerance * finalSum, "distances after the last update");
        var distances = Golden.doubles(golden.get("squared_distances_first20"));
        for (var i = 0; i < distances.length; i++) {
            assertEquals(
                    distances[i],
                    found.squaredDistances()[i],
                    golden.get("squared_distances_tolerance_abs").asDouble());
        }
    }

    static Stream<Named<JsonNode>> emptyCases() {
        return Golden.list(FILE.get("empty")).stream()
                .map(golden -> Named.of(golden.get("name").asText(), golden));
    }

    @ParameterizedTest
    @MethodSource("emptyCases")
    void emptyClustersAreSplitOffAsInFaissIfTheDonorIsTheSame(JsonNode golden) {
        var columns = golden.get("columns").asInt();
        var features = features(
                golden.get("name").asText(), golden, golden.get("groups").asInt());
        var initial = matrix(golden.get("initial_centroids"), columns);
        for (var run : golden.get("runs")) {
            var iterations = run.get("iterations").asInt();
            var donor = new FaissDonor();
            var found = new KMeans(OptionalInt.of(initial.rows()), iterations).lloyd(features, initial, donor, CONTEXT);
            while (donor.chosen.size() < iterations) {
                donor.chosen.add(List.of()); // iterations that were left out, as nothing moved any more
            }
            assertEquals(donors(run.get("empty_and_donor")), donor.chosen);
            var expected = matrix(run.get("centroids"), columns).toArray();
            assertArrayEquals(expected, found.centroids().toArray(), 2e-6f, "Faiss sums in float32");
            assertArrayEquals(Golden.ints(run.get("final_sizes")), found.sizes());
        }
    }

    @ParameterizedTest
    @MethodSource("emptyCases")
    void emptyClustersAreRefilledBySeedToo(JsonNode golden) {
        var columns = golden.get("columns").asInt();
        var features = features(
                golden.get("name").asText(), golden, golden.get("groups").asInt());
        var initial = matrix(golden.get("initial_centroids"), columns);
        Clustering found = new KMeans(OptionalInt.of(initial.rows()), 20)
                .lloyd(features, initial, new RandomDonor(new Seed(5)), CONTEXT);
        for (var size : found.sizes()) {
            assertEquals(true, size > 0);
        }
    }

    private static List<List<Integer>> donors(JsonNode perIteration) {
        var donors = new ArrayList<List<Integer>>();
        for (var iteration : perIteration) {
            var chosen = new ArrayList<Integer>();
            for (var pair : iteration) {
                chosen.add(pair.get(1).asInt());
            }
            donors.add(chosen);
        }
        return donors;
    }

    private static FeatureMatrix features(String name, JsonNode golden, int groups) {
        var columns = golden.get("columns").asInt();
        var values = Golden.generator()
                .blobs(
                        name,
                        golden.get("rows").asInt(),
                        columns,
                        groups,
                        golden.get("spread").asDouble());
        Golden.assertFirstValues(golden.get("first_values"), values);
        return FeatureMatrix.of(values, columns);
    }

    private static FeatureMatrix matrix(JsonNode rows, int columns) {
        var matrix = FeatureMatrix.allocate(rows.size(), columns);
        for (var i = 0; i < rows.size(); i++) {
            var row = Golden.doubles(rows.get(i));
            var values = new float[columns];
            for (var j = 0; j < columns; j++) {
                values[j] = (float) row[j];
            }
            matrix.write(i, 1, values);
        }
        return matrix;
    }

    /** Faiss's cyclic walk with a Mersenne twister that starts from 1234 in every iteration. */
    private static final class FaissDonor implements Donor {
        private final List<List<Integer>> chosen = new ArrayList<>();
        private Twister twister = new Twister(1234);

        @Override
        public void begin(int iteration) {
            twister = new Twister(1234);
            chosen.add(new ArrayList<>());
        }

        @Override
        public int choose(double[] sizes, int rows) {
            for (var cluster = 0; ; cluster = (cluster + 1) % sizes.length) {
                var probability = (float) (sizes[cluster] - 1) / (rows - sizes.length);
                if (twister.next() / 0x1p32f < probability) {
                    chosen.get(chosen.size() - 1).add(cluster);
                    return cluster;
                }
            }
        }
    }

    /** MT19937 (Matsumoto and Nishimura, 1998). */
    private static final class Twister {
        private final int[] state = new int[624];
        private int at = 624;

        Twister(int seed) {
            state[0] = seed;
            for (var i = 1; i < 624; i++) {
                state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
            }
        }

        float next() {
            if (at == 624) {
                for (var i = 0; i < 624; i++) {
                    var y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
                    state[i] = state[(i + 397) % 624] ^ (y >>> 1) ^ ((y & 1) * 0x9908b0df);
                }
                at = 0;
            }
            var y = state[at++];
            y ^= y >>> 11;
            y ^= (y << 7) & 0x9d2c5680;
            y ^= (y << 15) & 0xefc60000;
            y ^= y >>> 18;
            return y & 0xFFFFFFFFL;
        }
    }
}
