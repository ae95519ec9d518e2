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
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final Network NETWORK = new Network(
            "small",
            new TensorShape(3, 4, 4),
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
    void allChannelsAreTakenIfNoneAreCounted() {
        var fusion = concat(OptionalInt.empty());
        var selections = fusion.select(NETWORK, SEED, 0);
        assertEquals(TapSelection.all("pool1"), selections.get(0));
        assertEquals(96 * 4 + 5, fusion.layout(NETWORK, selections, SEED).columns());
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
        var low = new ConcatProvider()
                .create(Options.of(new ConcatOptions(
                        new ConcatOptions.Low("pool9", OptionalInt.of(8)), new ConcatOptions.High("fc7"))));
        assertConfigError("fusion.low.tap: the backbone small has no tap 'pool9'", low);
        var high = new ConcatProvider()
                .create(Options.of(new ConcatOptions(
                        new ConcatOptions.Low("pool1", OptionalInt.of(8)), new ConcatOptions.High("fc9"))));
        assertConfigError("fusion.high.tap: the backbone small has no tap 'fc9'", high);
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
        var fusion = new ConcatProvider()
                .create(Options.of(new ConcatOptions(
                        new ConcatOptions.Low("pool1", OptionalInt.of(1)), new ConcatOptions.High("pool1"))));
        assertEquals(
                4 + 96 * 4,
                fusion.layout(NETWORK, fusion.select(NETWORK, SEED, 0), SEED).columns());
    }

    private static void assertConfigError(String part, Fusion fusion) {
        var error = assertThrows(UadException.class, () -> fusion.select(NETWORK, SEED, 0));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains(part), error.toString());
    }

    private static Fusion concat(OptionalInt channels) {
        return new ConcatProvider()
                .create(Options.of(
                        new ConcatOptions(new ConcatOptions.Low("pool1", channels), new ConcatOptions.High("fc7"))));
    }

    private static float[] numbers(int count, int from) {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }
}
