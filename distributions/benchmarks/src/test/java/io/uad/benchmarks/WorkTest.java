package io.uad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkTest {
    /**
     * The figures compared with are rounded to three digits (0.3 % at most) and their head's width is not known (up to
     * 0.5 % at 64 pixels for 100 classes).
     */
    private static final double ROUNDED = 0.01;

    private static final Layer.Conv2d CONV = new Layer.Conv2d("conv", 3, 8, 3, 1, 1, true);
    /** 2 operations for each of 8 x 5 x 5 outputs and 3 x 3 x 3 inputs of each. */
    private static final double CONV_FLOP = 2 * 8 * 25 * 27;
    /** A head of 10 classes sees 8 x 5 x 5 features. */
    private static final double HEAD_FLOP = 2 * 200 * 10;

    @Test
    void alexNetAt224PixelsTakesTheKnownWork() {
        var network = AlexNetStep.network(224, false);
        assertEquals(2.26e9, Work.forward(network), ROUNDED * 2.26e9);
        assertEquals(6.58e9, Work.training(network, 100), ROUNDED * 6.58e9);
    }

    @Test
    void alexNetAt64PixelsTakesTheKnownWork() {
        var network = AlexNetStep.network(64, false);
        assertEquals(0.168e9, Work.forward(network), ROUNDED * 0.168e9);
        assertEquals(0.489e9, Work.training(network, 100), ROUNDED * 0.489e9);
    }

    @Test
    void theFirstTrainedLayerNeedsNoGradientByItsInputs() {
        var network = network(CONV, new Layer.Relu(), new Layer.Flatten());
        assertEquals(CONV_FLOP, Work.forward(network));
        assertEquals(2 * CONV_FLOP + 3 * HEAD_FLOP, Work.training(network, 10));
    }

    @Test
    void aFixedConvolutionHasNoGradientByItsWeights() {
        var fixed = new Layer.FixedConv2d("fixed", 3, 3, 1, 0, Layer.Padding.ZEROS, Collections.nCopies(9, 1f));
        var fixedFlop = 2 * 3 * 25 * 3; // 3 x 5 x 5 outputs of 3 inputs each
        var first = network(fixed, CONV, new Layer.Flatten());
        assertEquals(fixedFlop + 2 * CONV_FLOP + 3 * HEAD_FLOP, Work.training(first, 10));
        var afterTrained = network(new Layer.BatchNorm2d("norm", 3), fixed, CONV, new Layer.Flatten());
        assertEquals(2 * fixedFlop + 3 * CONV_FLOP + 3 * HEAD_FLOP, Work.training(afterTrained, 10));
    }

    @Test
    void bothBranchesOfAResidualCount() {
        var shortcut = new Layer.Conv2d("shortcut", 3, 8, 1, 1, 0, false);
        var shortcutFlop = 2 * 8 * 25 * 3;
        var network = network(new Layer.Residual(List.of(CONV), List.of(shortcut)), new Layer.Flatten());
        assertEquals(CONV_FLOP + shortcutFlop, Work.forward(network));
        assertEquals(2 * (CONV_FLOP + shortcutFlop) + 3 * HEAD_FLOP, Work.training(network, 10));
    }

    private static Network network(Layer... layers) {
        return new Network("small", new TensorShape(3, 5, 5), List.of(layers), Map.of(), "head");
    }
}
