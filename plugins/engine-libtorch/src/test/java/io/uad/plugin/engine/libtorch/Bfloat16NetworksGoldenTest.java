package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Backbone;
import io.uad.api.engine.Engine;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.testkit.golden.EngineNetworksGolden;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/**
 * The same values in bfloat16, as far as it goes: it rounds by up to 2^-9 of a value, at the inputs, weights and outputs of
 * each layer. Such errors are independent, so after the 13 convolutions of VGG16 they have grown to about sqrt(39) * 2^-9,
 * 1.2 % of the root mean square, and the worst of some thousand values to four times that. The largest value is several
 * times the root mean square; 2 % of it leaves room, and a wrong layer does not fit in.
 */
class Bfloat16NetworksGoldenTest extends EngineNetworksGolden {
    private static final double TOLERANCE = 0.02;

    @BeforeAll
    static void requireBfloat16() {
        Assumptions.assumeTrue(Goldens.hasBfloat16(), "this processor has no bfloat16");
    }

    @Override
    protected Engine engine(OptionalInt threads) {
        return Goldens.engine(threads, PrecisionChoice.BFLOAT16, FormatChoice.CHANNELS_LAST);
    }

    @Override
    protected Backbone backbone(String name, boolean sobel, double dropout) {
        return Goldens.backbone(name, sobel, dropout);
    }

    @Override
    protected double relativeTolerance() {
        return TOLERANCE;
    }
}
