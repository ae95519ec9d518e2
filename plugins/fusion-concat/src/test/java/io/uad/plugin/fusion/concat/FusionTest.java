package io.uad.plugin.fusion.concat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.fusion.FusedPart;
import io.uad.api.fusion.Fusion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FusionTest {
    private static final TensorShape INPUT = new TensorShape(3, 4, 4);
    private static final Network NETWORK = new Network(
            "small",
            INPUT,
            List.of(
                    new Layer.Conv2d("c", 3, 96, 1, 1, 0, true),
                    new Layer.MaxPool2d(2, 2, 0),
                    new Layer.Flatten(),
                    new Layer.Linear("l", 96 * 4, 5)),
            Map.of("pool1", 2, "fc7", 4),
            "top_layer");
    private static final Seed SEED = new Seed(31);

    @Test
    void channelsAreDrawnOncePerRunDistinctAndInOrder() {
        var fusion = concat(OptionalInt.of(8));
        var first = fusion.select(NETWORK, SEED, 0);
        assertEquals(first, fusion.select(NETWORK, SEED, 7));
        assertNotEquals(first, fusion.select(NETWORK, new Seed(32), 0));
        var channels = first.get(0).channels();
        assertEquals(channels.stream().distinct().sorted().toList(), channels);
        assertEquals(8, channels.size());
        assertTrue(channels.stream().allMatch(channel -> channel >= 0 && channel < 96));
    }

    @Test
    void aRowIsTheLowPartThenTheHighPart() {
        var fusion = concat(OptionalInt.of(2));
        var layout = fusion.layout(NETWORK, fusion.select(NETWORK, SEED, 0), SEED);
        assertEquals(List.of(new FusedPart("low", 8), new FusedPart("high", 5)), layout.parts());
        assertEquals(13, layout.columns());
        var low = new Activation("pool1", 2, new TensorShape(2, 2, 2), numbers(16, 0));
        var high = new Activation("fc7", 2, TensorShape.vector(5), numbers(10, 100));
        assertArrayEquals(
                new float[] {
                    0, 1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103, 104, 8, 9, 10, 11, 12, 13, 14, 15, 105, 106, 107, 108,
                    109
                },
                layout.fuse(List.of(low, high), new Seed(1)));
    }

    @Test
    void eightChannelsAreTakenIfNoneAreCounted() {
        assertEquals(
                concat(OptionalInt.of(8)).select(NETWORK, SEED, 0),
                concat(OptionalInt.empty()).select(NETWORK, SEED, 0));
        var few = new Network("few", INPUT, List.of(new Layer.Conv2d("c", 3, 5, 1, 1, 0, true)), Map.of("c", 1), "top");
        var all = concat(new LowOptions("c", OptionalInt.empty(), Redraw.RUN, List.of()), "c")
                .select(few, SEED, 0);
        assertEquals(List.of(0, 1, 2, 3, 4), all.get(0).channels());
    }

    @Test
    void autoIsTheFirstPoolAndTheTapNextToTheHead() {
        var low = new LowOptions("auto", OptionalInt.of(8), Redraw.RUN, List.of());
        assertEquals(
                concat(OptionalInt.of(8)).select(NETWORK, SEED, 0),
                concat(low, "auto").select(NETWORK, SEED, 0));
        var only = new HighOnlyProvider().create(Options.of(new HighOnlyOptions("auto")));
        assertEquals(List.of(TapSelection.all("fc7")), only.select(NETWORK, SEED, 0));
        var none = new Network("none", INPUT, List.of(), Map.of(), "top");
        var error = assertThrows(UadException.class, () -> only.select(none, SEED, 0));
        assertTrue(error.toString().contains("fusion.tap: the backbone none has no taps"), error.toString());
    }

    @Test
    void channelsOfAnEpochAreThoseOfItsNumber() {
        var fusion = concat(low(8, Redraw.EPOCH), "fc7");
        assertEquals(fusion.select(NETWORK, SEED, 3), fusion.select(NETWORK, SEED, 3));
        assertNotEquals(fusion.select(NETWORK, SEED, 3), fusion.select(NETWORK, SEED, 4));
        assertNotEquals(fusion.select(NETWORK, SEED, 3), fusion.select(NETWORK, new Seed(32), 3));
        assertEquals(8, fusion.select(NETWORK, SEED, 3).get(0).channels().size());
        assertEquals(List.of(), fusion.warnings());
    }

    @Test
    void listedChannelsAreTakenInTheirOrderInEveryEpoch() {
        var fusion = concat(listed(40, 3, 17), "fc7");
        assertEquals(
                new TapSelection("pool1", List.of(40, 3, 17)),
                fusion.select(NETWORK, SEED, 0).get(0));
        assertEquals(fusion.select(NETWORK, SEED, 0), fusion.select(NETWORK, new Seed(7), 5));
        assertEquals(
                3 * 4 + 5,
                fusion.layout(NETWORK, fusion.select(NETWORK, SEED, 0), SEED).columns());
        assertConfigError(
                "fusion.low.indices: channel 96 of the tap pool1, which has 96; expected channels from 0 to 95",
                concat(listed(95, 96), "fc7"));
    }

    @Test
    void listedChannelsAreDistinctAndNeitherCountedNorRedrawn() {
        assertRefused("indices must be distinct, were [3, 3]", () -> listed(3, 3));
        assertRefused(
                "channels 2 and indices [3, 5] are both given",
                () -> new LowOptions("pool1", OptionalInt.of(2), Redraw.RUN, List.of(3, 5)));
        for (var redraw : List.of(Redraw.EPOCH, Redraw.BATCH)) {
            assertRefused(
                    "redraw must be run, was " + redraw,
                    () -> new LowOptions("pool1", OptionalInt.empty(), redraw, List.of(3, 5)));
        }
    }

    @Test
    void everyBatchDrawsItsOwnChannelsOfTheWholeTapByItsSeedAlone() {
        var fusion = concat(low(2, Redraw.BATCH), "fc7");
        var selections = fusion.select(NETWORK, SEED, 0);
        assertEquals(List.of(TapSelection.all("pool1"), TapSelection.all("fc7")), selections);
        var layout = fusion.layout(NETWORK, selections, SEED);
        assertEquals(List.of(new FusedPart("low", 8), new FusedPart("high", 5)), layout.parts());
        var low = new Activation("pool1", 2, new TensorShape(96, 2, 2), numbers(2 * 384, 0));
        var high = new Activation("fc7", 2, TensorShape.vector(5), numbers(10, 1000));
        var drawn = new HashSet<List<Integer>>();
        for (var batch = 0; batch < 20; batch++) {
            var rows = layout.fuse(List.of(low, high), new Seed(batch));
            var channels = List.of((int) rows[0] / 4, (int) rows[4] / 4);
            drawn.add(channels);
            for (var sample = 0; sample < 2; sample++) { // the same channels in all rows of a batch
                var expected = new float[13];
                for (var i = 0; i < 8; i++) {
                    expected[i] = sample * 384 + channels.get(i / 4) * 4 + i % 4;
                }
                for (var i = 0; i < 5; i++) {
                    expected[8 + i] = 1000 + sample * 5 + i;
                }
                assertArrayEquals(expected, Arrays.copyOfRange(rows, sample * 13, sample * 13 + 13));
            }
            assertArrayEquals(rows, layout.fuse(List.of(low, high), new Seed(batch)));
        }
        assertTrue(drawn.size() > 15, "20 draws of 2 of 96: " + drawn);
    }

    @Test
    void drawingForEveryBatchWarnsAndNothingElseDoes() {
        var warnings = concat(low(2, Redraw.BATCH), "fc7").warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("fusion.low.redraw"), warnings.get(0));
        assertEquals(List.of(), concat(OptionalInt.of(8)).warnings());
        assertConfigError(
                "fusion.low.channels: 97 channels of the tap pool1, which has 96",
                concat(low(97, Redraw.BATCH), "fc7"));
    }

    @Test
    void balancedPartsSeeEqualSharesAndPlainOnesTheirOwn() {
        var options = new ConcatOptions(low(8, Redraw.RUN), new HighOptions("fc7"));
        var balanced = new BalancedConcatProvider().create(Options.of(options));
        var selections = balanced.select(NETWORK, SEED, 0);
        var variances = new double[] {99, 1};
        // total 100 in two parts: 50 each, so sqrt(50 / 99) and sqrt(50 / 1)
        assertArrayEquals(
                new double[] {Math.sqrt(50 / 99.0), Math.sqrt(50)},
                balanced.layout(NETWORK, selections, SEED).scales(variances),
                1e-12);
        assertArrayEquals(
                new double[] {1, 1},
                new ConcatProvider()
                        .create(Options.of(options))
                        .layout(NETWORK, selections, SEED)
                        .scales(variances));
        var redrawn = new BalancedConcatProvider()
                .create(Options.of(new ConcatOptions(low(8, Redraw.BATCH), new HighOptions("fc7"))));
        assertArrayEquals(
                balanced.layout(NETWORK, selections, SEED).scales(variances),
                redrawn.layout(NETWORK, redrawn.select(NETWORK, SEED, 0), SEED).scales(variances));
    }

    @Test
    void highOnlyIsTheTapItself() {
        var fusion = new HighOnlyProvider().create(Options.of(new HighOnlyOptions("fc7")));
        var layout = fusion.layout(NETWORK, fusion.select(NETWORK, SEED, 0), SEED);
        var high = new Activation("fc7", 2, TensorShape.vector(5), numbers(10, 0));
        assertArrayEquals(numbers(10, 0), layout.fuse(List.of(high), new Seed(1)));
    }

    @Test
    void unknownTapsAndTooManyChannelsAreConfigErrors() {
        var tap = assertThrows(
                UadException.class,
                () -> new HighOnlyProvider()
                        .create(Options.of(new HighOnlyOptions("fc9")))
                        .select(NETWORK, SEED, 0));
        assertEquals(ErrorKind.CONFIG, tap.kind());
        assertTrue(tap.toString().contains("fc7"), "names the taps there are");
        var channels = assertThrows(
                UadException.class, () -> concat(OptionalInt.of(97)).select(NETWORK, SEED, 0));
        assertTrue(channels.toString().contains("96"), channels.toString());
    }

    @Test
    void everyUnknownTapIsAConfigErrorThatNamesItsKey() {
        var low = concat(new LowOptions("pool9", OptionalInt.of(8), Redraw.RUN, List.of()), "fc7");
        assertConfigError("fusion.low.tap: the backbone small has no tap 'pool9'", low);
        assertConfigError("fusion.high.tap: the backbone small has no tap 'fc9'", concat(low(8, Redraw.RUN), "fc9"));
        var only = new HighOnlyProvider().create(Options.of(new HighOnlyOptions("fc9")));
        assertConfigError("fusion.tap: the backbone small has no tap 'fc9'", only);
        assertConfigError(
                "fusion.low.channels: 97 channels of the tap pool1, which has 96", concat(OptionalInt.of(97)));
    }

    @Test
    void allChannelsByCountAreAllInOrder() {
        var channels =
                concat(OptionalInt.of(96)).select(NETWORK, SEED, 0).get(0).channels();
        assertEquals(IntStream.range(0, 96).boxed().toList(), channels);
    }

    @Test
    void activationsOfAnotherShapeOrNumberAreRefused() {
        var layout = concat(OptionalInt.of(2))
                .layout(NETWORK, concat(OptionalInt.of(2)).select(NETWORK, SEED, 0), SEED);
        var low = new Activation("pool1", 2, new TensorShape(2, 2, 2), numbers(16, 0));
        var fewer = new Activation("fc7", 1, TensorShape.vector(5), numbers(5, 0));
        var wider = new Activation("fc7", 2, TensorShape.vector(6), numbers(12, 0));
        for (var high : List.of(fewer, wider)) {
            var error =
                    assertThrows(IllegalArgumentException.class, () -> layout.fuse(List.of(low, high), new Seed(1)));
            assertTrue(String.valueOf(error.getMessage()).startsWith("part high must be 2 rows of 5, was "));
        }
    }

    @Test
    void theTwoPartsMayBeOneTap() {
        var fusion = concat(low(1, Redraw.RUN), "pool1");
        assertEquals(
                4 + 96 * 4,
                fusion.layout(NETWORK, fusion.select(NETWORK, SEED, 0), SEED).columns());
    }

    private static void assertConfigError(String part, Fusion fusion) {
        var error = assertThrows(UadException.class, () -> fusion.select(NETWORK, SEED, 0));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains(part), error.toString());
    }

    private static void assertRefused(String part, Executable made) {
        var error = assertThrows(IllegalArgumentException.class, made);
        assertTrue(String.valueOf(error.getMessage()).contains(part), String.valueOf(error.getMessage()));
    }

    private static Fusion concat(OptionalInt channels) {
        return concat(new LowOptions("pool1", channels, Redraw.RUN, List.of()), "fc7");
    }

    private static Fusion concat(LowOptions low, String high) {
        return new ConcatProvider().create(Options.of(new ConcatOptions(low, new HighOptions(high))));
    }

    private static LowOptions low(int channels, Redraw redraw) {
        return new LowOptions("pool1", OptionalInt.of(channels), redraw, List.of());
    }

    private static LowOptions listed(Integer... channels) {
        return new LowOptions("pool1", OptionalInt.empty(), Redraw.RUN, List.of(channels));
    }

    private static float[] numbers(int count, int from) {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }
}
