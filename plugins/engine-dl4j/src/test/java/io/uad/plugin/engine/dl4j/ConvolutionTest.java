package io.uad.plugin.engine.dl4j;

import static io.uad.plugin.engine.dl4j.ArithmeticCheck.values;
import static io.uad.plugin.engine.dl4j.ArithmeticCheck.variable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.uad.api.TensorShape;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.SessionState.Kind;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values and gradients, compared with plain loops in doubles. */
class ConvolutionTest {
    /** Of the largest value: float32 sums of up to some thousand products. */
    private static final double ROUNDING = 1e-5;

    private final Workers workers = new Workers(2);
    private final Memory memory = new Memory();

    @BeforeEach
    void load() {
        Library.load();
        Library.shareThreads(2);
    }

    @AfterEach
    void close() {
        memory.close();
        workers.close();
    }

    @Test
    void everyGeometryIsThatOfPlainLoops() {
        for (var in : new int[] {1, 2, 3, 17, 32}) {
            for (var out : new int[] {1, 5, 16}) {
                for (var kernel : new int[] {1, 2, 3, 5}) {
                    for (var stride : new int[] {1, 2, 3}) {
                        for (var padding : new int[] {0, 1, kernel}) {
                            check(new Window(new TensorShape(in, 7, 6), kernel, stride, padding), 2, out);
                        }
                    }
                }
            }
        }
    }

    @Test
    void patchesOfSeveralBlocksAddUp() {
        check(new Window(new TensorShape(64, 32, 32), 3, 1, 1), 12, 8); // 7 million values, in blocks of 4
        check(new Window(new TensorShape(64, 32, 32), 5, 2, 2), 12, 8);
    }

    @Test
    void smallMapsWithManyChannelsAreThoseOfPlainLoops() {
        check(new Window(new TensorShape(256, 3, 3), 3, 1, 1), 9, 64); // where the library would choose Winograd's
    }

    @Test
    void noGradientByTheInputIsComputedForNobody() {
        try (var weight = variable("weight", 4, 3, 3, 3)) {
            var node = new Convolution(3, 1, 1, weight, Optional.empty(), workers);
            var step =
                    node.forward(maps("x", 2, new TensorShape(3, 5, 5)), new Node.Mode(true, false, DropoutSeed.NONE));
            assertNull(step.backward().apply(maps("g", 2, new TensorShape(4, 5, 5))));
        }
    }

    private void check(Window window, int samples, int out) {
        var what = window + " to " + out;
        var kernel = window.kernel();
        try (var weight = variable("weight", out, window.input().channels(), kernel, kernel);
                var bias = variable("bias", out)) {
            var x = maps("x", samples, window.input());
            var plain = new PlainConvolution(window, samples, values(x), weight.read());
            var node = new Convolution(kernel, window.stride(), window.padding(), weight, Optional.of(bias), workers);
            var step = node.forward(x, new Node.Mode(true, true, DropoutSeed.NONE));
            assertClose(what, plain.values(bias.read()), values(step.output()));
            var upstream = maps("upstream", samples, window.outputs(out));
            var expected = plain.backward(values(upstream));
            var slopes = step.backward().apply(upstream);
            assertNotNull(slopes);
            assertClose(what + " by input", expected.input(), values(slopes));
            assertClose(
                    what + " by weight",
                    expected.weight(),
                    weight.read(Kind.GRADIENTS).floats());
            assertClose(
                    what + " by bias",
                    expected.bias(),
                    bias.read(Kind.GRADIENTS).floats());
        }
        memory.finish();
    }

    private static void assertClose(String what, double[] expected, float[] found) {
        assertEquals(expected.length, found.length, what);
        var scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (var i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - found[i]) <= ROUNDING * scale)) {
                assertEquals(expected[i], found[i], ROUNDING * scale, what + "[" + i + "]");
            }
        }
    }

    private Maps maps(String name, int samples, TensorShape shape) {
        return ArithmeticCheck.maps(memory, name, samples, shape);
    }
}
