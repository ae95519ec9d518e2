package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.NamedTensors;
import io.uad.api.engine.SessionState.Kind;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.testkit.rates.NoisyNetwork;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class Bfloat16Test {
    private static final NoisyNetwork NETWORK = Networks.alexnet(0.25, 64, 63);
    private static final int BATCH = 16;

    @BeforeAll
    static void requireBfloat16() {
        Assumptions.assumeTrue(Goldens.hasBfloat16(), "this processor has no bfloat16");
    }

    /** After some steps. */
    private record Trained(double loss, NamedTensors gradients, NamedTensors weights) {}

    private static Trained train(PrecisionChoice precision, int steps) {
        try (var engine = Goldens.engine(OptionalInt.of(1), precision, FormatChoice.CHANNELS_LAST);
                var session = NETWORK.open(engine)) {
            var loss = 0.0;
            for (var step = 0; step < steps; step++) {
                loss = NETWORK.train(session, step, 0, BATCH);
            }
            return new Trained(
                    loss, session.state().read(Kind.GRADIENTS), session.state().read(Kind.WEIGHTS));
        }
    }

    private static double cosine(float[] one, float[] other) {
        var product = 0.0;
        var first = 0.0;
        var second = 0.0;
        for (var i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void gradientsPointWhereThoseOfFloat32Point() {
        var precise = train(PrecisionChoice.FLOAT32, 1);
        var rounded = train(PrecisionChoice.BFLOAT16, 1);
        assertNotEquals(precise.gradients, rounded.gradients);
        assertEquals(precise.loss, rounded.loss, 0.01 * precise.loss);
        precise.gradients.asMap().forEach((name, tensor) -> {
            if (name.endsWith(".weight")) { // biases before a normalisation have gradients of rounding only
                var cosine = cosine(tensor.floats(), rounded.gradients.get(name).floats());
                assertTrue(cosine > 0.9, name + ": " + cosine);
            }
        });
    }

    @Test
    void theWeightsKeepTheDigitsOfFloat32() {
        var weights = train(PrecisionChoice.BFLOAT16, 2).weights;
        var values = weights.get("features.0.weight").floats();
        var finer = 0;
        for (var value : values) {
            finer += (Float.floatToIntBits(value) & 0xFFFF) != 0 ? 1 : 0;
        }
        assertTrue(finer > 0.9 * values.length, finer + " of " + values.length + " are no bfloat16");
    }

    @Test
    void equalStepsGiveEqualBytes() {
        var one = train(PrecisionChoice.BFLOAT16, 2);
        var other = train(PrecisionChoice.BFLOAT16, 2);
        assertEquals(one.weights, other.weights);
    }
}
