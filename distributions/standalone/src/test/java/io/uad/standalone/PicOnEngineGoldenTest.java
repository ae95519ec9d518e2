package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.uad.api.FeatureMatrix;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.engine.StageContext;
import io.uad.plugin.clustering.pic.PicOptions;
import io.uad.plugin.clustering.pic.PicProvider;
import io.uad.plugin.engine.djl.DjlOptions;
import io.uad.plugin.engine.djl.DjlProvider;
import io.uad.testkit.golden.Golden;
import java.util.HashMap;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The partition of the golden file, with the neighbours that an engine finds in float32. */
class PicOnEngineGoldenTest {
    @Test
    void theEnginesNeighboursGiveTheSamePartition() {
        var golden = Golden.file("pic.json");
        var rows = golden.get("rows").asInt();
        var columns = golden.get("columns").asInt();
        var values = Golden.generator()
                .blobs(
                        golden.get("name").asText(),
                        rows,
                        columns,
                        golden.get("groups").asInt(),
                        golden.get("spread").asDouble());
        normalizeRows(values, columns);
        var options = new PicOptions(
                golden.get("nnn").asInt(),
                OptionalDouble.of(golden.get("sigma").asDouble()),
                golden.get("alpha").asDouble(),
                golden.get("iterations").asInt(),
                OptionalInt.empty());
        try (var engine = new DjlProvider().create(Options.of(new DjlOptions("cpu", OptionalInt.of(1))))) {
            var found = new PicProvider()
                    .create(Options.of(options))
                    .cluster(
                            FeatureMatrix.of(values, columns), StageContext.quiet(engine.linearAlgebra(), new Seed(1)));
            var numbers = new HashMap<Integer, Integer>();
            var byAppearance = new int[rows];
            for (var row = 0; row < rows; row++) {
                numbers.putIfAbsent(found.labels()[row], numbers.size());
                byAppearance[row] = numbers.get(found.labels()[row]);
            }
            assertArrayEquals(Golden.ints(golden.get("partition_after_by_first_appearance")), byAppearance);
        }
    }

    private static void normalizeRows(float[] values, int columns) {
        for (var first = 0; first < values.length; first += columns) {
            var squares = 0.0;
            for (var j = 0; j < columns; j++) {
                squares += (double) values[first + j] * values[first + j];
            }
            for (var j = 0; j < columns; j++) {
                values[first + j] = (float) (values[first + j] / Math.sqrt(squares));
            }
        }
    }
}
