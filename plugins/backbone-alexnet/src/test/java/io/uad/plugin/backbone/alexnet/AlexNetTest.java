package io.uad.plugin.backbone.alexnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Option;
import io.uad.api.Options;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Layer.Padding;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlexNetTest {
    /** What PyTorch prints of the original network's state dict at 224 pixels, the head left out. */
    private static final List<String> STATE_DICT = List.of(
            "features.0.weight [96, 3, 11, 11]",
            "features.0.bias [96]",
            "features.1.weight [96]",
            "features.1.bias [96]",
            "features.1.running_mean [96]",
            "features.1.running_var [96]",
            "features.1.num_batches_tracked []",
            "features.4.weight [256, 96, 5, 5]",
            "features.4.bias [256]",
            "features.5.weight [256]",
            "features.5.bias [256]",
            "features.5.running_mean [256]",
            "features.5.running_var [256]",
            "features.5.num_batches_tracked []",
            "features.8.weight [384, 256, 3, 3]",
            "features.8.bias [384]",
            "features.9.weight [384]",
            "features.9.bias [384]",
            "features.9.running_mean [384]",
            "features.9.running_var [384]",
            "features.9.num_batches_tracked []",
            "features.11.weight [384, 384, 3, 3]",
            "features.11.bias [384]",
            "features.12.weight [384]",
            "features.12.bias [384]",
            "features.12.running_mean [384]",
            "features.12.running_var [384]",
            "features.12.num_batches_tracked []",
            "features.14.weight [256, 384, 3, 3]",
            "features.14.bias [256]",
            "features.15.weight [256]",
            "features.15.bias [256]",
            "features.15.running_mean [256]",
            "features.15.running_var [256]",
            "features.15.num_batches_tracked []",
            "classifier.1.weight [4096, 9216]",
            "classifier.1.bias [4096]",
            "classifier.4.weight [4096, 4096]",
            "classifier.4.bias [4096]");

    @Test
    void parametersHaveTheNamesShapesAndOrderOfTheOriginalStateDict() {
        assertEquals(STATE_DICT, described(network(224, false).parameters()));
    }

    @Test
    void sobelComesFirstAndLeavesTwoChannelsToTheFirstConvolution() {
        var found = described(network(224, true).parameters());
        assertEquals(
                List.of(
                        "sobel.0.weight [1, 3, 1, 1]",
                        "sobel.0.bias [1]",
                        "sobel.1.weight [2, 1, 3, 3]",
                        "sobel.1.bias [2]",
                        "features.0.weight [96, 2, 11, 11]"),
                found.subList(0, 5));
        assertEquals(STATE_DICT.subList(1, STATE_DICT.size()), found.subList(5, found.size()));
    }

    @Test
    void sobelsWeightsAreTheGrayMeanAndTheTwoGradientsAndAreFixed() {
        var network = network(224, true);
        var gray = assertInstanceOf(Layer.FixedConv2d.class, network.layers().get(0));
        assertEquals(List.of(1 / 3f, 1 / 3f, 1 / 3f), gray.weight());
        var gradients =
                assertInstanceOf(Layer.FixedConv2d.class, network.layers().get(1));
        assertEquals(
                List.of(1f, 0f, -1f, 2f, 0f, -2f, 1f, 0f, -1f),
                gradients.weight().subList(0, 9));
        assertEquals(
                List.of(1f, 2f, 1f, 0f, 0f, 0f, -1f, -2f, -1f),
                gradients.weight().subList(9, 18));
        assertEquals(new TensorShape(2, 224, 224), network.shapeAt("sobel"));
        for (var parameter : network.parameters()) {
            assertEquals(parameter.name().startsWith("sobel."), parameter.role() == Parameter.Role.FIXED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZEROS", "REPLICATE"})
    void sobelPadsAsTheOptionSays(Padding padding) {
        var options = new AlexNetOptions(true, padding, 0.5, 4096, 1);
        var gradients = assertInstanceOf(
                Layer.FixedConv2d.class,
                new AlexNet(options).network(TensorShape.image(64)).layers().get(1));
        assertEquals(padding, gradients.edge());
    }

    @Test
    void tapsLieWhereTheReferenceReadsThem() {
        var network = network(224, true);
        assertEquals(
                List.of("sobel", "conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool3", "fc6", "fc7"),
                List.copyOf(network.taps().keySet()));
        for (var tap : network.taps().keySet()) {
            var last = network.layers().get(network.position(tap) - 1);
            if (tap.startsWith("conv") || tap.equals("fc6")) {
                assertInstanceOf(Layer.Relu.class, last, tap);
            } else if (tap.startsWith("pool")) {
                assertInstanceOf(Layer.MaxPool2d.class, last, tap);
            } else if (tap.equals("fc7")) {
                assertInstanceOf(Layer.Linear.class, last, "before the last ReLU");
            }
        }
        assertInstanceOf(Layer.Relu.class, network.layers().get(network.layers().size() - 1), "what the head sees");
        assertFalse(network(224, false).taps().containsKey("sobel"));
    }

    @ParameterizedTest
    @CsvSource({
        "conv1, 96, 55",
        "pool1, 96, 27",
        "conv2, 256, 27",
        "pool2, 256, 13",
        "conv3, 384, 13",
        "conv4, 384, 13",
        "conv5, 256, 13",
        "pool3, 256, 6"
    })
    void mapsAt224PixelsHaveTheOriginalsSides(String tap, int channels, int side) {
        assertEquals(new TensorShape(channels, side, side), network(224, false).shapeAt(tap));
    }

    @Test
    void everySideFrom63To300GivesANetworkWhoseClassifierFitsItsMaps() {
        for (var side = 63; side <= 300; side++) {
            var network = network(side, side % 2 == 0);
            var map = network.shapeAt("pool3");
            assertTrue(map.height() >= 1 && map.height() == map.width(), "side " + side);
            assertEquals(256 * map.height() * map.width(), firstLinear(network).in(), "side " + side);
            assertEquals(4096, network.featureCount());
            assertEquals(new TensorShape(3, side, side), network.input());
        }
    }

    @Test
    void aSideOf63IsTheSmallest() {
        assertEquals(256, firstLinear(network(63, false)).in());
        for (var side : new int[] {62, 2}) {
            var error = assertThrows(UadException.class, () -> network(side, false));
            assertEquals(ErrorKind.CONFIG, error.kind());
            assertTrue(
                    error.toString().contains("image.size: the backbone alexnet cannot take images of " + side),
                    error.toString());
            assertTrue(error.toString().contains("63 or more"), error.toString());
        }
    }

    @Test
    void hiddenAndDropoutShapeTheClassifier() {
        var network = new AlexNet(new AlexNetOptions(false, Padding.ZEROS, 0.25, 32, 1)).network(TensorShape.image(64));
        assertEquals(32, network.featureCount());
        assertEquals(new TensorShape(32, 1, 1).size(), network.shapeAt("fc6").size());
        var dropouts = network.layers().stream()
                .filter(Layer.Dropout.class::isInstance)
                .map(Layer.Dropout.class::cast)
                .toList();
        assertEquals(
                List.of(new Layer.Dropout("classifier.0", 0.25), new Layer.Dropout("classifier.3", 0.25)), dropouts);
    }

    @Test
    void headIsNamedAsInTheOriginal() {
        assertEquals(
                List.of("top_layer.weight [10, 4096]", "top_layer.bias [10]"),
                described(network(224, false).headParameters(10)));
    }

    @Test
    void optionsDeclareTheOriginalsDefaultsAndTheirBounds() {
        assertEquals("false", option("sobel").defaultValue());
        assertEquals("zeros", option("sobelPadding").defaultValue());
        assertEquals("0.5", option("dropout").defaultValue());
        assertEquals(0, option("dropout").min());
        assertEquals(0.99, option("dropout").max());
        assertEquals("4096", option("hidden").defaultValue());
        assertEquals(1, option("hidden").min());
        assertEquals(65536, option("hidden").max());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 63, 512})
    void vectorsAreRefusedAndTheErrorNamesABackboneThatTakesThem(int length) {
        var backbone = new AlexNet(new AlexNetOptions(false, Padding.ZEROS, 0.5, 4096, 1));
        var error = assertThrows(UadException.class, () -> backbone.network(TensorShape.vector(length)));
        assertEquals(ErrorKind.CONFIG, error.kind());
        var message = String.valueOf(error.getMessage());
        for (var part : List.of("backbone.plugin", "shape " + length, "mlp")) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void imagesThatAreNotSquareAreRefused() {
        var backbone = new AlexNet(new AlexNetOptions(false, Padding.ZEROS, 0.5, 4096, 1));
        var error = assertThrows(UadException.class, () -> backbone.network(new TensorShape(3, 64, 128)));
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains("3x64x128"), message);
    }

    @Test
    void providerIsFoundByItsName() {
        var provider = ServiceLoader.load(BackboneProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("alexnet"))
                .findFirst()
                .orElseThrow();
        assertEquals(AlexNetOptions.class, provider.optionsType());
        var made = provider.create(Options.of(new AlexNetOptions(false, Padding.ZEROS, 0.5, 4096, 1)));
        assertEquals(network(64, false), made.network(TensorShape.image(64)));
    }

    @Test
    void aNarrowNetworkHasTheSameLayersWithFewerChannels() {
        var network =
                new AlexNet(new AlexNetOptions(true, Padding.ZEROS, 0.5, 32, 0.25)).network(TensorShape.image(64));
        assertEquals(24, network.shapeAt("conv1").channels());
        assertEquals(64, network.shapeAt("conv5").channels());
        assertEquals(32, network.featureCount());
        var slim = new AlexNet(new AlexNetOptions(true, Padding.ZEROS, 0.5, 32, 0.001)).network(TensorShape.image(64));
        assertEquals(1, slim.shapeAt("conv3").channels());
    }

    private static Network network(int side, boolean sobel) {
        return new AlexNet(new AlexNetOptions(sobel, Padding.ZEROS, 0.5, 4096, 1)).network(TensorShape.image(side));
    }

    private static Layer.Linear firstLinear(Network network) {
        return network.layers().stream()
                .filter(Layer.Linear.class::isInstance)
                .map(Layer.Linear.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> described(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.name() + " " + parameter.shape())
                .toList();
    }

    private static Option option(String component) {
        return Arrays.stream(AlexNetOptions.class.getRecordComponents())
                .filter(candidate -> candidate.getName().equals(component))
                .findFirst()
                .orElseThrow()
                .getAnnotation(Option.class);
    }
}
