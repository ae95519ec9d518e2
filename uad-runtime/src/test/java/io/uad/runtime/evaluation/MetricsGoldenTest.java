package io.uad.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.testkit.golden.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MetricsGoldenTest {
    private final JsonNode file = Golden.file("metrics.json");
    private final double tolerance = file.get("tolerance_abs").asDouble();

    @TestFactory
    Stream<DynamicTest> agreementEqualsScikitLearns() {
        return Golden.list(file.get("pairs")).stream()
                .map(pair -> dynamicTest(pair.get("name").asText(), () -> {
                    var a = Golden.ints(pair.get("a"));
                    var b = Golden.ints(pair.get("b"));
                    var nmi = pair.get("nmi_arithmetic").asDouble();
                    var ari = pair.get("ari").asDouble();
                    assertEquals(nmi, ClusterMetrics.nmi(a, b), tolerance, "nmi");
                    assertEquals(ari, ClusterMetrics.ari(a, b), tolerance, "ari");
                    assertEquals(nmi, ClusterMetrics.nmi(b, a), tolerance, "nmi is symmetric");
                    assertEquals(ari, ClusterMetrics.ari(b, a), tolerance, "ari is symmetric");
                }));
    }

    @TestFactory
    Stream<DynamicTest> accuracyEqualsPyTorchs() {
        return Golden.list(file.get("accuracy")).stream()
                .map(entry -> dynamicTest(entry.get("name").asText(), () -> {
                    var classes = entry.get("classes").asInt();
                    var targets = Golden.ints(entry.get("targets"));
                    var stream = "metrics/" + entry.get("name").asText() + "/scores";
                    var scores = Golden.generator().floats(stream, targets.length * classes, 1, 0);
                    Golden.assertFirstValues(entry.get("first_values"), scores);
                    assertEquals(
                            entry.get("top1_percent").asDouble(), Accuracy.top1(scores, classes, targets), tolerance);
                    assertEquals(
                            entry.get("top5_percent").asDouble(), Accuracy.top5(scores, classes, targets), tolerance);
                }));
    }
}
