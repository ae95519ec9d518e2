package io.uad.api.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.TensorShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkTest {
    private static final TensorShape INPUT = new TensorShape(3, 8, 8);

    @Test
    void shapesFollowPyTorch() {
        // 8 + 2 - 3 = 7, 7 / 2 + 1 = 4; then 4 - 2 = 2, 2 / 2 + 1 = 2
        var network = new Network(
                "n",
                INPUT,
                List.of(new Layer.Conv2d("c", 3, 5, 3, 2, 1, true), new Layer.MaxPool2d(2, 2, 0), new Layer.Flatten()),
                Map.of("conv1", 1, "pool1", 2),
                "top_layer");
        assertEquals(new TensorShape(5, 4, 4), network.shapeAt("conv1"));
        assertEquals(new TensorShape(5, 2, 2), network.shapeAt("pool1"));
        assertEquals(20, network.featureCount());
    }

    @Test
    void lowLevelFeaturesComeFromTheFirstPoolAndHighLevelOnesFromTheTapNextToTheHead() {
        var layers = List.<Layer>of(
                new Layer.FixedConv2d(
                        "sobel", 3, 3, 1, 0, Layer.Padding.ZEROS, List.of(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f)),
                new Layer.Conv2d("c", 3, 5, 3, 1, 1, true),
                new Layer.MaxPool2d(2, 2, 0),
                new Layer.GlobalAvgPool2d());
        assertTaps("pool1", "features", layers, Map.of("features", 4, "conv1", 2, "pool1", 3, "sobel", 1));
        assertTaps("conv1", "features", layers, Map.of("features", 4, "conv1", 2, "sobel", 1));
        assertTaps("sobel", "sobel", layers, Map.of("sobel", 1));
        var none = new Network("n", INPUT, layers, Map.of(), "top_layer");
        assertThrows(IllegalStateException.class, none::lowTap);
        assertThrows(IllegalStateException.class, none::highTap);
    }

    private static void assertTaps(String low, String high, List<Layer> layers, Map<String, Integer> taps) {
        var network = new Network("n", INPUT, layers, taps, "top_layer");
        assertEquals(low, network.lowTap());
        assertEquals(high, network.highTap());
    }

    @Test
    void aLinearLayerTakesWhatAGlobalPoolLeaves() {
        var network = network(INPUT, new Layer.GlobalAvgPool2d(), new Layer.Linear("l", 3, 7));
        assertEquals(7, network.featureCount());
    }

    @Test
    void aMapOfOnePixelIsStillAMap() {
        var network = network(INPUT, new Layer.GlobalAvgPool2d(), new Layer.Conv2d("c", 3, 4, 1, 1, 0, true));
        assertEquals(4, network.featureCount());
    }

    @Test
    void nothingThatNeedsAMapStandsBehindAFlattenOrALinearLayer() {
        var conv = new Layer.Conv2d("c", 192, 4, 1, 1, 0, true);
        assertRefused("needs a map of channels, and its input is a vector of 192", new Layer.Flatten(), conv);
        assertRefused("needs a map", new Layer.Flatten(), new Layer.Relu(), new Layer.MaxPool2d(1, 1, 0));
        assertRefused("needs a map", new Layer.Flatten(), new Layer.GlobalAvgPool2d());
        assertRefused(
                "needs a map", new Layer.GlobalAvgPool2d(), new Layer.Linear("l", 3, 7), new Layer.BatchNorm2d("b", 7));
        assertThrows(IllegalArgumentException.class, () -> network(TensorShape.vector(192), conv));
    }

    @Test
    void aLinearLayerDoesNotTakeAMap() {
        assertRefused("cannot take an input of 3x8x8", new Layer.Linear("l", 192, 7));
    }

    @Test
    void aWindowDoesNotLeaveItsInput() {
        assertRefused("cannot take an input of 3x8x8", new Layer.MaxPool2d(9, 1, 0));
    }

    @Test
    void theBranchesOfAResidualEndAlike() {
        var flat = List.<Layer>of(new Layer.Flatten());
        var pooled = List.<Layer>of(new Layer.GlobalAvgPool2d());
        assertRefused("were 3 and 3x8x8", new Layer.Residual(pooled, List.of()));
        assertRefused(
                "were 3 and 3, one of them flat", new Layer.GlobalAvgPool2d(), new Layer.Residual(flat, List.of()));
    }

    @Test
    void namesAreUniqueAlsoWithinResidualsAndAgainstTheHead() {
        var conv = new Layer.Conv2d("c", 3, 3, 1, 1, 0, true);
        var norm = new Layer.BatchNorm2d("c", 3);
        assertRefused("'c' comes twice", conv, norm);
        assertRefused("'c' comes twice", conv, new Layer.Residual(List.of(norm), List.of()));
        assertRefused("'d' comes twice", new Layer.Dropout("d", 0.5), new Layer.Dropout("d", 0.5));
        assertRefused("'top_layer' comes twice", new Layer.BatchNorm2d("top_layer", 3));
    }

    @Test
    void tapsLieWithinTheLayersAndLeaveTheHeadsNameAlone() {
        assertMessage(
                "tap a must lie in 1..1, was 2",
                () -> new Network("n", INPUT, List.of(new Layer.Relu()), Map.of("a", 2), "h"));
        assertMessage(
                "tap a must lie in 1..1, was 0",
                () -> new Network("n", INPUT, List.of(new Layer.Relu()), Map.of("a", 0), "h"));
        assertMessage(
                "tap top is the head's output",
                () -> new Network("n", INPUT, List.of(new Layer.Relu()), Map.of("top", 1), "h"));
    }

    @Test
    void blankNamesAreRefused() {
        assertMessage("were '' and 'h'", () -> new Network("", INPUT, List.of(), Map.of(), "h"));
        assertMessage("were 'n' and ' '", () -> new Network("n", INPUT, List.of(), Map.of(), " "));
    }

    private static Network network(TensorShape input, Layer... layers) {
        return new Network("n", input, List.of(layers), Map.of(), "top_layer");
    }

    private static void assertRefused(String part, Layer... layers) {
        assertMessage(part, () -> network(INPUT, layers));
    }

    private static void assertMessage(String part, Executable creation) {
        var message = String.valueOf(
                assertThrows(IllegalArgumentException.class, creation).getMessage());
        assertTrue(message.contains(part), message);
    }
}
