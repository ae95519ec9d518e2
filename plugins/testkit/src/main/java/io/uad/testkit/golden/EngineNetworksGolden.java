package io.uad.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.TensorShape;
import io.uad.api.engine.TapSelection;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tap of the original backbones, as PyTorch computes them. */
public abstract class EngineNetworksGolden extends EngineGolden {
    /** For subclasses. */
    protected EngineNetworksGolden() {}

    /**
     * How far a value may be off, as a share of the largest one at its tap; 0, as by default, for the tolerances of the
     * golden files, which are those of float32.
     */
    protected double relativeTolerance() {
        return 0;
    }

    private double tolerance(JsonNode tap) {
        return relativeTolerance() == 0
                ? tap.get("tolerance_abs").asDouble()
                : relativeTolerance() * tap.get("absmax").asDouble();
    }

    static Stream<Named<JsonNode>> cases() {
        return Golden.list(Golden.file("networks.json").get("cases")).stream()
                .map(golden -> Named.of(golden.get("name").asText(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    final void everyTapEqualsPyTorchs(JsonNode golden) {
        var network = network(golden, 0.5);
        var input = golden.get("input");
        var size = golden.get("size").asInt();
        var shape = new TensorShape(3, size, size);
        var values = Golden.generator()
                .floats(
                        input.get("name").asText(),
                        golden.get("batch").asInt() * shape.size(),
                        input.get("bound").asDouble(),
                        0);
        Golden.assertFirstValues(input.get("first_values"), values);
        var taps = new ArrayList<String>();
        golden.get("taps").fieldNames().forEachRemaining(taps::add);
        try (var engine = engine(OptionalInt.empty());
                var session = engine.open(network, GoldenNetworks.state(network, golden))) {
            var read = session.forward(
                    GoldenNetworks.batch(values, shape),
                    taps.stream().map(TapSelection::all).toList());
            for (var i = 0; i < taps.size(); i++) {
                var tap = golden.get("taps").get(taps.get(i));
                Golden.assertTensor(taps.get(i), tap, read.get(i).values(), tolerance(tap));
            }
        }
    }
}
