package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.Tensor;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.LabelledBatch;
import io.uad.plugin.engine.common.PlainConvolution;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and gradients against loops and doubles, at the numbers of channels that the library gets wrong by itself. */
class ConvolutionTest {
    private static final DjlEngine ENGINE = DjlEngine.open(new DjlOptions("cpu", OptionalInt.of(1)));
    private static final int SAMPLES = 3;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 8, 3, 1, 1", "3, 64, 16, 11, 4, 2", "2, 24, 16, 11, 4, 2", "24, 64, 7, 5, 1, 2", "20, 20, 9, 3, 1, 1",
        "5, 7, 6, 3, 1, 1", "48, 16, 8, 3, 3, 1", "48, 48, 9, 5, 3, 2", "80, 32, 6, 3, 2, 1", "32, 80, 6, 1, 2, 0",
        "25, 22, 7, 3, 1, 1", "29, 34, 4, 1, 2, 0", "64, 64, 6, 3, 2, 1", "16, 4, 6, 3, 1, 1"
    })
    void valuesAndGradientsAreThoseOfPlainLoops(int in, int out, int side, int kernel, int stride, int padding) {
        for (var channelsLast : new boolean[] {false, true}) {
            try (var step = ENGINE.manager.newSubManager()) {
                var x = array(step, "x", SAMPLES, in, side, side);
                var weight = array(step, "weight", out, in, kernel, kernel);
                var bias = array(step, "bias", out);
                var sizes = new PlainConvolution.Sizes(SAMPLES, in, out, side, kernel, stride, padding);
                var plain = new PlainConvolution(sizes, x.toFloatArray(), weight.toFloatArray(), bias.toFloatArray());
                var upstream = array(step, "upstream", SAMPLES, out, sizes.outputSide(), sizes.outputSide());
                var input = channelsLast ? Forward.channelsLast(x) : x;
                weight.setRequiresGradient(true);
                bias.setRequiresGradient(true);
                input.setRequiresGradient(true);
                try (var collector = ENGINE.manager.getEngine().newGradientCollector()) {
                    var y = Convolution.of(input, weight, bias, stride, padding, true);
                    assertSame(step, y.getManager());
                    assertClose(plain.values(), y);
                    collector.backward(y.mul(upstream).sum());
                }
                var gradients = plain.backward(upstream.toFloatArray());
                assertClose(gradients.input(), input.getGradient());
                assertClose(gradients.weight(), weight.getGradient());
                assertClose(gradients.bias(), bias.getGradient());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 512, 7, 1", "64, 512, 7, 2", "16, 2048, 4, 2", "5, 7, 5, 3"})
    void pixelsAreThoseOfPlainLoops(int in, int out, int side, int stride) {
        try (var step = ENGINE.manager.newSubManager()) {
            var x = array(step, "x", SAMPLES, in, side, side);
            var weight = array(step, "weight", out, in, 1, 1);
            var bias = array(step, "bias", out);
            var sizes = new PlainConvolution.Sizes(SAMPLES, in, out, side, 1, stride, 0);
            var plain = new PlainConvolution(sizes, x.toFloatArray(), weight.toFloatArray(), bias.toFloatArray());
            var y = Convolution.ofPixels(Forward.channelsLast(x), weight, bias, stride);
            assertArrayEquals(
                    new long[] {SAMPLES, out, sizes.outputSide(), sizes.outputSide()},
                    y.getShape().getShape());
            assertClose(plain.values(), y);
            assertSame(step, y.getManager());
        }
    }

    private record Zeros(int size, TensorShape shape) implements Batch {
        @Override
        public void writeTo(FloatBuffer target) {
            target.put(new float[size * shape.size()]);
        }
    }

    /** Small maps of these channels end the process where the library's own kernel computes them. */
    @Test
    void smallMapsOfPixelsCanBeTrained() {
        var conv = new Layer.Conv2d("c", 512, 1024, 1, 2, 0, false);
        var network = new Network("n", new TensorShape(512, 2, 2), List.of(conv, new Layer.Flatten()), Map.of(), "top");
        var state = new NamedTensors(Map.of("c.weight", Tensor.of(new float[1024 * 512], 1024, 512, 1, 1)));
        try (var session = ENGINE.open(network, state)) {
            session.replaceHead(2, new float[2 * 1024], new float[2]);
            var batch = new LabelledBatch(new Zeros(2, network.input()), new int[2], new float[] {1, 1});
            assertEquals(Math.log(2), session.backward(batch, DropoutSeed.NONE).loss(), 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 32, 64, 96, 192, 256, 384, 512, 2048})
    void theLayersOfOurBackbonesGetNoMoreChannels(long channels) {
        assertEquals(0, Convolution.missing(channels));
    }

    @Test
    void othersAreFilledUpToSixteenOrAMultipleOfThirtyTwo() {
        assertEquals(11, Convolution.missing(5));
        assertEquals(15, Convolution.missing(17));
        assertEquals(8, Convolution.missing(24));
        assertEquals(16, Convolution.missing(48));
    }

    private static NDArray array(NDManager step, String name, long... sides) {
        var shape = new Shape(sides);
        var seed = new Seed(5).derive(name);
        var values = new float[Math.toIntExact(shape.size())];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return step.create(values, shape);
    }

    private static void assertClose(double[] expected, NDArray found) {
        var values = new double[expected.length];
        var floats = found.toFloatArray();
        for (var i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        assertArrayEquals(expected, values, 1e-3);
    }
}
