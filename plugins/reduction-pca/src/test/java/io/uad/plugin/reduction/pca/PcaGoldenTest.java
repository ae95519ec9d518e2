package io.uad.plugin.reduction.pca;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.testkit.golden.Golden;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PcaGoldenTest {
    static Stream<Named<JsonNode>> cases() {
        return Golden.list(Golden.file("pca.json").get("cases")).stream()
                .map(golden -> Named.of(golden.get("name").asText(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eigenvaluesRowsAndTheirProductsEqualFaisss(JsonNode golden) {
        var rows = golden.get("rows").asInt();
        var matrix = matrix(golden);
        var components = golden.get("components").asInt();
        var context = StageContext.quiet(new JavaLinearAlgebra(), new Seed(1));
        var pca = new PcaProvider().create(Options.of(new PcaOptions(OptionalInt.of(components), 20_000)));
        try (var projection = pca.fit(matrix, context)) {
            var eigenvalues = projection.state().get("eigenvalues").floats();
            var expected = Golden.doubles(golden.get("eigenvalues_of_scatter"));
            for (var i = 0; i < components; i++) {
                var tolerance = golden.get("eigenvalues_tolerance_rel").asDouble() * expected[i];
                assertEquals(expected[i], eigenvalues[i], tolerance, "eigenvalue " + i);
            }
            Golden.assertTensor(
                    "mean",
                    golden.get("column_mean"),
                    projection.state().get("mean").floats(),
                    1e-6);
            assertRowNorms(
                    golden,
                    matrix,
                    projection.state().get("mean").floats(),
                    projection.state().get("whitening").floats());
            var z = projection.project(matrix);
            var gram = new float[rows * rows];
            for (var i = 0; i < rows; i++) {
                for (var j = 0; j < rows; j++) {
                    gram[i * rows + j] = (float) dot(z, i, j);
                }
            }
            Golden.assertTensor(
                    "gram",
                    golden.get("gram_all_rows"),
                    gram,
                    golden.get("gram_tolerance_abs").asDouble());
            for (var i = 0; i < golden.get("gram_first10").size(); i++) {
                var row = Golden.doubles(golden.get("gram_first10").get(i));
                for (var j = 0; j < row.length; j++) {
                    assertEquals(
                            row[j],
                            dot(z, i, j),
                            golden.get("gram_tolerance_abs").asDouble());
                }
            }
        }
    }

    private static void assertRowNorms(JsonNode golden, FeatureMatrix matrix, float[] mean, float[] whitening) {
        var expected = Golden.doubles(golden.get("row_norms_before_l2_first10"));
        var components = whitening.length / matrix.columns();
        for (var i = 0; i < expected.length; i++) {
            var squares = 0.0;
            for (var c = 0; c < components; c++) {
                var sum = 0.0;
                for (var j = 0; j < matrix.columns(); j++) {
                    sum += ((double) matrix.get(i, j) - mean[j]) * whitening[j * components + c];
                }
                squares += sum * sum;
            }
            assertEquals(
                    expected[i],
                    Math.sqrt(squares),
                    golden.get("row_norms_tolerance_rel").asDouble() * expected[i]);
        }
    }

    private static double dot(FeatureMatrix z, int i, int j) {
        var sum = 0.0;
        for (var c = 0; c < z.columns(); c++) {
            sum += (double) z.get(i, c) * z.get(j, c);
        }
        return sum;
    }

    private static FeatureMatrix matrix(JsonNode golden) {
        var name = golden.get("name").asText();
        var rows = golden.get("rows").asInt();
        var columns = golden.get("columns").asInt();
        var ranks = golden.get("ranks").asInt();
        var components = golden.get("components").asInt();
        var generator = Golden.generator();
        var left = generator.small(name + "/left", rows * ranks);
        var right = generator.small(name + "/right", ranks * columns);
        var noise = generator.small(name + "/noise", rows * columns);
        var mean = generator.small(name + "/mean", columns);
        var values = new float[rows * columns];
        for (var i = 0; i < rows; i++) {
            for (var j = 0; j < columns; j++) {
                var sum = noise[i * columns + j] + 8.0 * mean[j];
                for (var r = 0; r < ranks; r++) {
                    var scale = r < components ? Math.pow(2, -(4 * r / components)) : Math.pow(2, -7);
                    sum += left[i * ranks + r] * scale * right[r * columns + j];
                }
                values[i * columns + j] = (float) (sum / 16384);
            }
        }
        Golden.assertFirstValues(golden.get("first_values"), values);
        return FeatureMatrix.of(values, columns);
    }
}
