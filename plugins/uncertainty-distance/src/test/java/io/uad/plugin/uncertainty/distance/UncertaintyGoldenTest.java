package io.uad.plugin.uncertainty.distance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.FeatureMatrix;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.clustering.Clustering;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.StageContext;
import io.uad.api.uncertainty.Uncertainty;
import io.uad.testkit.golden.Golden;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class UncertaintyGoldenTest {
    private static final JsonNode FILE = Golden.file("uncertainty.json");
    private static final String PAPER = "paper_gamma_";

    @Test
    void minMaxIsThePapersEquation() {
        var names = new ArrayList<String>();
        FILE.get("weights").fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> !name.startsWith(PAPER));
        assertFalse(names.isEmpty());
        for (var name : names) {
            var gamma = Double.parseDouble(name.substring(PAPER.length()));
            check(name, new MinMaxProvider().create(Options.of(new MinMaxOptions(gamma, 1, false))));
        }
    }

    @Test
    void affineIsTheProgramsFormula() {
        check("program", new AffineProvider().create(Options.of(new AffineOptions(0.875, 0.25, 1, false))));
    }

    @Test
    void uniformIsOneEverywhere() {
        for (var weight : weights(new UniformProvider().create(Options.of(new NoOptions())))) {
            assertEquals(1, weight);
        }
    }

    private static void check(String name, Uncertainty formula) {
        var expected = Golden.doubles(FILE.get("weights").get(name));
        var actual = weights(formula);
        assertEquals(expected.length, actual.length);
        for (var i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], FILE.get("tolerance_abs").asDouble(), name + "[" + i + "]");
        }
    }

    private static float[] weights(Uncertainty formula) {
        var labels = Golden.ints(FILE.get("labels"));
        var doubles = Golden.doubles(FILE.get("d32"));
        var distances = new float[doubles.length];
        for (var i = 0; i < doubles.length; i++) {
            distances[i] = (float) doubles[i];
        }
        var centroids = FeatureMatrix.allocate(FILE.get("k").asInt(), 1);
        return formula.weights(
                FeatureMatrix.allocate(labels.length, 1),
                new Clustering(labels, distances, centroids, 0),
                StageContext.quiet(new JavaLinearAlgebra(), new Seed(1)));
    }
}
