package io.uad.plugin.fusion.concat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.fusion.FusedLayout;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class JointTest {
    private static final int SAMPLES = 11; // more than a block of rows, and not a multiple of it
    private static final int LOW = 2 * 9;
    private static final int HIGH = 7;
    private static final Seed RUN = new Seed(5);
    private static final Network NETWORK = new Network(
            "small",
            new TensorShape(3, 3, 3),
            List.of(new Layer.Conv2d("c", 3, 4, 1, 1, 0, true), new Layer.Flatten(), new Layer.Linear("l", 36, HIGH)),
            Map.of("conv1", 1, "fc", 3),
            "top");
    private static final LowOptions TWO_CHANNELS =
            new LowOptions("conv1", OptionalInt.empty(), Redraw.RUN, List.of(1, 3));

    private final float[] low = numbers("low", SAMPLES * LOW);
    private final float[] high = numbers("high", SAMPLES * HIGH);
    private final List<Activation> activations = List.of(
            new Activation("conv1", SAMPLES, new TensorShape(2, 3, 3), low),
            new Activation("fc", SAMPLES, TensorShape.vector(HIGH), high));

    @Test
    void theSumOfTwoHandMadeRows() {
        assertArrayEquals(new float[] {11, 22}, Combination.sum(new float[] {1, 2}, new float[] {10, 20}, 2, RUN));
    }

    @Test
    void theProductOfTwoHandMadeRows() {
        assertArrayEquals(
                new float[] {10, 40, 90, 4},
                Combination.product(new float[] {1, 2, 3, 4}, new float[] {10, 20, 30, 1}, 2, RUN));
    }

    @Test
    void theOuterProductIsOfEachRowWithItsOwn() {
        assertArrayEquals(
                new float[] {10, 20, 20, 40, 3 * 5, 3 * 6, 4 * 5, 4 * 6},
                Combination.outer(new float[] {1, 2, 3, 4}, new float[] {10, 20, 5, 6}, 2, RUN));
    }

    @Test
    void noiseIsMeasuredAgainstItsRow() {
        var width = 20_000;
        var small = new float[2 * width];
        Arrays.fill(small, 0, width, 1);
        Arrays.fill(small, width, 2 * width, 100);
        var zero = new float[2 * width];
        var noisy = Combination.noisySum(0.5).combine(small.clone(), zero, width, RUN);
        // standard error of a deviation over 20,000 normal numbers: 0.5 / sqrt(40,000) = 0.0025; five of them
        assertEquals(0.5, deviation(noisy, 0, width, 1), 0.0125);
        assertEquals(50, deviation(noisy, width, 2 * width, 100), 1.25);
        assertArrayEquals(noisy, Combination.noisySum(0.5).combine(small.clone(), zero, width, RUN));
        assertFalse(Arrays.equals(noisy, Combination.noisySum(0.5).combine(small.clone(), zero, width, new Seed(6))));
        assertArrayEquals(small, Combination.noisySum(0).combine(small.clone(), zero, width, RUN));
    }

    @Test
    void sumAndProductAreThoseOfTheProjections() {
        var options = Options.of(new ProjectionOptions(TWO_CHANNELS, new HighOptions("fc"), 5));
        assertJoint(5, fuse(new SumProvider().create(options)), (a, b) -> a + b);
        assertJoint(5, fuse(new ProductProvider().create(options)), (a, b) -> a * b);
    }

    @Test
    void theMatrixIsTheOuterProductOfTheProjections() {
        var width = 3;
        var layout = layout(
                new MatrixProvider().create(Options.of(new MatrixOptions(TWO_CHANNELS, new HighOptions("fc"), width))));
        assertEquals(List.of(new FusedPart("joint", 9)), layout.parts());
        var rows = layout.fuse(activations, new Seed(1));
        var a = projected("fusion-projection-low", low, LOW, width);
        var b = projected("fusion-projection-high", high, HIGH, width);
        for (var sample = 0; sample < SAMPLES; sample++) {
            for (var i = 0; i < width; i++) {
                for (var j = 0; j < width; j++) {
                    assertEquals(a[sample * width + i] * b[sample * width + j], rows[sample * 9 + i * 3 + j], 1e-4);
                }
            }
        }
    }

    @Test
    void noiseWithoutScaleIsTheSum() {
        var sum = fuse(
                new SumProvider().create(Options.of(new ProjectionOptions(TWO_CHANNELS, new HighOptions("fc"), 5))));
        assertArrayEquals(
                sum,
                fuse(new NoiseProvider()
                        .create(Options.of(new NoiseOptions(TWO_CHANNELS, new HighOptions("fc"), 5, 0)))));
    }

    @Test
    void whatIsProjectedDependsOnTheRunsSeedAloneAndNotOnTheBatch() {
        var fusion =
                new SumProvider().create(Options.of(new ProjectionOptions(TWO_CHANNELS, new HighOptions("fc"), 5)));
        var rows = layout(fusion).fuse(activations, new Seed(1));
        assertArrayEquals(rows, layout(fusion).fuse(activations, new Seed(2)));
        var other = fusion.layout(NETWORK, fusion.select(NETWORK, RUN, 0), new Seed(6));
        assertFalse(Arrays.equals(rows, other.fuse(activations, new Seed(1))));
        // a row alone is the row among others
        var last = List.of(
                new Activation("conv1", 1, new TensorShape(2, 3, 3), Arrays.copyOfRange(low, 10 * LOW, 11 * LOW)),
                new Activation("fc", 1, TensorShape.vector(HIGH), Arrays.copyOfRange(high, 10 * HIGH, 11 * HIGH)));
        assertArrayEquals(Arrays.copyOfRange(rows, 50, 55), layout(fusion).fuse(last, new Seed(1)));
    }

    @Test
    void aProjectionKeepsLengthsOnAverage() {
        var projection = new RandomProjection(300, 256, RUN);
        var row = numbers("row", 300);
        // the squared length of a projection varies by sqrt(2 / 256) of itself, 9 %; four of them
        assertEquals(1, squares(projection.project(row)) / squares(row), 0.36);
    }

    private void assertJoint(int width, float[] rows, DoubleBinaryOperator operation) {
        var a = projected("fusion-projection-low", low, LOW, width);
        var b = projected("fusion-projection-high", high, HIGH, width);
        assertEquals(SAMPLES * width, rows.length);
        for (var i = 0; i < rows.length; i++) {
            assertEquals(operation.applyAsDouble(a[i], b[i]), rows[i], 1e-4, "value " + i);
        }
    }

    /** In double and in the plainest way: entry (i, j) of the matrix is number {@code i width + j}, over sqrt(width). */
    private static double[] projected(String name, float[] rows, int columns, int width) {
        var seed = RUN.derive(name);
        var result = new double[SAMPLES * width];
        for (var sample = 0; sample < SAMPLES; sample++) {
            for (var i = 0; i < columns; i++) {
                for (var j = 0; j < width; j++) {
                    result[sample * width + j] +=
                            rows[sample * columns + i] * seed.gaussian((long) i * width + j) / Math.sqrt(width);
                }
            }
        }
        return result;
    }

    private static FusedLayout layout(Fusion fusion) {
        return fusion.layout(NETWORK, fusion.select(NETWORK, RUN, 0), RUN);
    }

    private float[] fuse(Fusion fusion) {
        return layout(fusion).fuse(activations, new Seed(1));
    }

    private static double deviation(float[] values, int from, int to, double mean) {
        var squares = 0.0;
        for (var i = from; i < to; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / (to - from));
    }

    private static double squares(float[] values) {
        var squares = 0.0;
        for (var value : values) {
            squares += (double) value * value;
        }
        return squares;
    }

    private static float[] numbers(String name, int count) {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) {
            numbers[i] = (float) new Seed(9).derive(name).gaussian(i);
        }
        return numbers;
    }
}
