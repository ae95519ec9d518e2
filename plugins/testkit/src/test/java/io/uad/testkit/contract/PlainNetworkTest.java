package io.uad.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.NamedTensors;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.testkit.contract.PlainNetwork.Maps;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The measure itself, against numbers that a pencil finds. */
class PlainNetworkTest {
    private static final Maps ONE_TO_FOUR = new Maps(1, 1, 2, 2, new double[] {1, 2, 3, 4});

    private static double[] of(NamedTensors state, Layer layer) {
        var network = new Network("one", new TensorShape(1, 2, 2), List.of(layer), Map.of("out", 1), "head");
        return new PlainNetwork(network, state).evaluate(ONE_TO_FOUR, "out").values();
    }

    @Test
    void aKernelOfOnesSumsWhatItSeesBesideTheBias() {
        var state = new NamedTensors(Map.of(
                "c.weight", Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 2, 2), "c.bias", Tensor.of(new float[] {10}, 1)));
        assertArrayEquals(new double[] {20}, of(state, new Layer.Conv2d("c", 1, 1, 2, 1, 0, true)));
        // A corner sees itself alone, an edge two values, the middle four.
        assertArrayEquals(
                new double[] {11, 13, 12, 14, 20, 16, 13, 17, 14},
                of(state, new Layer.Conv2d("c", 1, 1, 2, 1, 1, true)));
        var ones = List.of(1f, 1f, 1f, 1f);
        assertArrayEquals(
                new double[] {14, 16, 18, 18, 20, 22, 22, 24, 26},
                of(state, new Layer.FixedConv2d("c", 1, 1, 2, 1, Layer.Padding.REPLICATE, ones)));
    }

    @Test
    void poolsTakeTheLargestAndTheMean() {
        var nothing = NamedTensors.empty();
        assertArrayEquals(new double[] {4}, of(nothing, new Layer.MaxPool2d(2, 1, 0)));
        assertArrayEquals(new double[] {2.5}, of(nothing, new Layer.AvgPool2d(2, 1, 0)));
        assertArrayEquals(new double[] {0.25, 0.5, 0.75, 1}, of(nothing, new Layer.AvgPool2d(2, 2, 1)));
        assertArrayEquals(new double[] {2.5}, of(nothing, new Layer.GlobalAvgPool2d()));
    }

    @Test
    void normalisationTakesTheRunningStatistics() {
        var state = new NamedTensors(Map.of(
                "n.weight", Tensor.of(new float[] {2}, 1),
                "n.bias", Tensor.of(new float[] {1}, 1),
                "n.running_mean", Tensor.of(new float[] {3}, 1),
                "n.running_var", Tensor.of(new float[] {4}, 1)));
        // (x - 3) / 2 * 2 + 1, but for the eps of 1e-5.
        assertArrayEquals(new double[] {-1, 0, 1, 2}, of(state, new Layer.BatchNorm2d("n", 1)), 1e-4);
    }

    @Test
    void aHeadOfZerosLosesTheLogarithmOfItsWidth() {
        var network = new Network("flat", new TensorShape(1, 2, 2), List.of(new Layer.Flatten()), Map.of(), "head");
        var state = new NamedTensors(
                Map.of("head.weight", Tensor.of(new float[12], 3, 4), "head.bias", Tensor.of(new float[3], 3)));
        assertEquals(Math.log(3), new PlainNetwork(network, state).loss(ONE_TO_FOUR, new int[] {1}), 1e-12);
    }
}
