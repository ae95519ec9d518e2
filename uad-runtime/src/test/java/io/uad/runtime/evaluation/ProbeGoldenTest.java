package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.TensorShape;
import io.uad.api.engine.Activation;
import io.uad.runtime.feature.AveragePooling;
import io.uad.testkit.golden.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ProbeGoldenTest {
    private final JsonNode file = Golden.file("probe.json");

    @TestFactory
    Stream<DynamicTest> sizesEqualPyTorchs() {
        return Golden.list(file.get("sizes")).stream()
                .map(size -> dynamicTest(size.get("input") + " px, conv" + size.get("conv"), () -> {
                    var pooled = pool(size).after(shape(size.get("activation")));
                    assertEquals(shape(size.get("pooled")), pooled);
                    assertEquals(size.get("features").asInt(), pooled.size());
                }));
    }

    @TestFactory
    Stream<DynamicTest> pooledActivationsEqualPyTorchs() {
        return Golden.list(file.get("pooled")).stream()
                .map(entry -> dynamicTest(entry.get("stream").asText(), () -> {
                    var size = sizeOf(entry);
                    var map = shape(size.get("activation"));
                    var samples = entry.get("pooled").get("shape").get(0).asInt();
                    var values = Golden.generator().floats(entry.get("stream").asText(), samples * map.size(), 1, 0);
                    for (var i = 0; i < values.length; i++) {
                        values[i] = Math.max(0, values[i]);
                    }
                    var pooled = pool(size).pool(new Activation("conv", samples, map, values));
                    Golden.assertTensor(entry.get("stream").asText(), entry.get("pooled"), pooled);
                }));
    }

    @TestFactory
    Stream<DynamicTest> learningRateFallsAsInTheOriginal() {
        var tolerance = file.get("lr_decay_tolerance_rel").asDouble();
        return Golden.list(file.get("lr_decay")).stream()
                .map(entry -> dynamicTest("decay " + entry.get("weight_decay"), () -> {
                    var rate = new DecayedLearningRate(
                            entry.get("lr0").asDouble(),
                            entry.get("weight_decay").asDouble());
                    var iterations = Golden.ints(entry.get("t"));
                    var expected = Golden.doubles(entry.get("lr"));
                    for (var i = 0; i < iterations.length; i++) {
                        assertEquals(expected[i], rate.at(iterations[i]), tolerance * expected[i]);
                    }
                }));
    }

    private JsonNode sizeOf(JsonNode entry) {
        return Golden.list(file.get("sizes")).stream()
                .filter(size -> size.get("input").equals(entry.get("input"))
                        && size.get("conv").equals(entry.get("conv")))
                .findFirst()
                .orElseThrow();
    }

    /** The pool that the table of the original has for that convolution, checked against the file's own numbers. */
    private static AveragePooling pool(JsonNode size) {
        var pool = Golden.ints(size.get("pool"));
        var map = shape(size.get("activation"));
        var original = AveragePooling.original(size.get("conv").asInt());
        assertEquals(AveragePooling.window(pool[0], pool[1], pool[2]).after(map), original.after(map));
        return original;
    }

    private static TensorShape shape(JsonNode sides) {
        return new TensorShape(
                sides.get(0).asInt(), sides.get(1).asInt(), sides.get(2).asInt());
    }
}
