package io.uad.plugin.clustering.pic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Progress;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.Neighbours;
import io.uad.api.engine.StageContext;
import io.uad.testkit.golden.Golden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PicGoldenTest {
    private static final JsonNode FILE = Golden.file("pic.json");
    private static final OptionalDouble SIGMA =
            OptionalDouble.of(FILE.get("sigma").asDouble());

    private static FeatureMatrix features;
    private static Neighbours neighbours;
    private static NeighbourGraph graph;
    private static double[] v;

    @BeforeAll
    static void runEveryStep() {
        features = features();
        var algebra = new JavaLinearAlgebra();
        try (var points = algebra.upload(features)) {
            neighbours = algebra.neighbours(points, FILE.get("nnn").asInt());
        }
        graph = NeighbourGraph.of(neighbours, SIGMA);
        var iteration = new PowerIteration(
                FILE.get("alpha").asDouble(), FILE.get("iterations").asInt());
        v = iteration.of(graph, Progress.NONE);
    }

    @Test
    void neighboursAreThose() throws NoSuchAlgorithmException {
        var first = FILE.get("neighbours_first10");
        var tolerance = FILE.get("squared_distances_tolerance_abs").asDouble();
        for (var row = 0; row < first.size(); row++) {
            var expected = Golden.ints(first.get(row));
            var distances = Golden.doubles(FILE.get("squared_distances_first10").get(row));
            for (var rank = 0; rank < expected.length; rank++) {
                var at = row * neighbours.count() + rank;
                assertEquals(expected[rank], neighbours.indices()[at], "row " + row);
                assertEquals(distances[rank], neighbours.squaredDistances()[at], tolerance, "row " + row);
            }
        }
        var bytes = ByteBuffer.allocate(4 * neighbours.indices().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(neighbours.indices());
        var hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        assertEquals(
                FILE.get("neighbours_checksum_sha256").asText(), HexFormat.of().formatHex(hash));
    }

    @Test
    void vIsThat() {
        var expected = Golden.doubles(FILE.get("v_first10"));
        var sum = 0.0;
        for (var row = 0; row < v.length; row++) {
            sum += v[row];
        }
        assertEquals(1, sum, 1e-12);
        for (var row = 0; row < expected.length; row++) {
            assertEquals(expected[row], v[row], FILE.get("v_tolerance_abs").asDouble(), "row " + row);
        }
    }

    @Test
    void everyRowPointsWhereItShould() {
        assertArrayEquals(Golden.ints(FILE.get("pointers")), graph.pointers(v));
    }

    @Test
    void clustersAreNumberedByTheRowsThatPointToThemselves() {
        var before = Partition.ofPointers(graph.pointers(v));
        assertEquals(FILE.get("clusters_before").asInt(), before.clusters());
        assertArrayEquals(Golden.ints(FILE.get("labels_before")), before.labels());
    }

    @Test
    void thePartitionAfterSingletonsMovedIsThat() {
        var after = Partition.ofPointers(graph.pointers(v)).withoutSingletons(neighbours);
        assertEquals(FILE.get("clusters_after").asInt(), after.clusters());
        assertEquals(FILE.get("stuck_singletons").size(), after.singletons());
        assertSamePartition(Golden.ints(FILE.get("labels_after")), after.labels());
        assertArrayEquals(
                Golden.ints(FILE.get("partition_after_by_first_appearance")), byFirstAppearance(after.labels()));
    }

    @Test
    void theAlgorithmIsAllOfThatTogether() {
        var options = new PicOptions(
                FILE.get("nnn").asInt(),
                SIGMA,
                FILE.get("alpha").asDouble(),
                FILE.get("iterations").asInt(),
                OptionalInt.empty());
        var found = new PicProvider()
                .create(Options.of(options))
                .cluster(features, StageContext.quiet(new JavaLinearAlgebra(), new Seed(1)));
        assertSamePartition(Golden.ints(FILE.get("labels_after")), found.labels());
        assertEquals(FILE.get("clusters_after").asInt(), found.clusterCount());
    }

    @Test
    void singletonsMoveByTheClustersBeforeAnyMove() {
        var golden = FILE.get("redistribution_only");
        var before = Golden.ints(golden.get("labels_before"));
        var lists = golden.get("neighbours");
        var count = lists.get(0).size();
        var indices = new int[before.length * count];
        for (var row = 0; row < before.length; row++) {
            System.arraycopy(Golden.ints(lists.get(row)), 0, indices, row * count, count);
        }
        var sizes = new int[before.length];
        for (var label : before) {
            sizes[label]++;
        }
        var after = new Partition(before, sizes)
                .withoutSingletons(new Neighbours(count, indices, new float[indices.length]));
        assertSamePartition(Golden.ints(golden.get("labels_after")), after.labels());
        assertEquals(golden.get("stuck_singletons").size(), after.singletons());
    }

    private static FeatureMatrix features() {
        var rows = FILE.get("rows").asInt();
        var columns = FILE.get("columns").asInt();
        var values = Golden.generator()
                .blobs(
                        FILE.get("name").asText(),
                        rows,
                        columns,
                        FILE.get("groups").asInt(),
                        FILE.get("spread").asDouble());
        Golden.assertFirstValues(FILE.get("first_values"), values);
        for (var row = 0; row < rows; row++) {
            var squares = 0.0;
            for (var j = 0; j < columns; j++) {
                squares += (double) values[row * columns + j] * values[row * columns + j];
            }
            for (var j = 0; j < columns; j++) {
                values[row * columns + j] = (float) (values[row * columns + j] / Math.sqrt(squares));
            }
        }
        return FeatureMatrix.of(values, columns);
    }

    private static void assertSamePartition(int[] expected, int[] actual) {
        assertArrayEquals(byFirstAppearance(expected), byFirstAppearance(actual));
    }

    private static int[] byFirstAppearance(int[] labels) {
        var numbers = new HashMap<Integer, Integer>();
        var renamed = new int[labels.length];
        for (var row = 0; row < labels.length; row++) {
            numbers.putIfAbsent(labels[row], numbers.size());
            renamed[row] = numbers.get(labels[row]);
        }
        return renamed;
    }
}
