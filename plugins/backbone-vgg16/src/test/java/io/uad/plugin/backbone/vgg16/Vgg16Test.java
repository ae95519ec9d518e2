package io.uad.plugin.backbone.vgg16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.Options;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Layer.Padding;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Vgg16Test {
    /**
     * Number of each convolution in torchvision's {@code vgg16_bn().features}, and its channels; its batch normalisation
     * has the next number.
     */
    private static final int[][] CONVOLUTIONS = {
        {0, 64}, {3, 64}, {7, 128}, {10, 128}, {14, 256}, {17, 256}, {20, 256}, {24, 512}, {27, 512}, {30, 512},
        {34, 512}, {37, 512}, {40, 512}
    };

    @Test
    void parametersHaveTheNamesShapesAndOrderOfTheOriginalStateDict() {
        var expected = new ArrayList<String>();
        var in = 3;
        for (var convolution : CONVOLUTIONS) {
            var out = convolution[1];
            expected.add("features." + convolution[0] + ".weight [" + out + ", " + in + ", 3, 3]");
            expected.add("features." + convolution[0] + ".bias [" + out + "]");
            for (var name : List.of("weight", "bias", "running_mean", "running_var")) {
                expected.add("features." + (convolution[0] + 1) + "." + name + " [" + out + "]");
            }
            expected.add("features." + (convolution[0] + 1) + ".num_batches_tracked []");
            in = out;
        }
        expected.add("classifier.0.weight [4096, 25088]");
        expected.add("classifier.0.bias [4096]");
        expected.add("classifier.3.weight [4096, 4096]");
        expected.add("classifier.3.bias [4096]");
        assertEquals(expected, described(network(224, false).parameters()));
        assertEquals(
                List.of("top_layer.weight [10, 4096]", "top_layer.bias [10]"),
                described(network(224, false).headParameters(10)));
    }

    /** 138,365,992 of torchvision's vgg16_bn, less 4,097,000 of its last layer. */
    @Test
    void itHasAsManyTrainedParametersAsTorchvisionsWithoutTheLastLayer() {
        var count = network(224, false).parameters().stream()
                .filter(Parameter::trained)
                .mapToLong(Parameter::size)
                .sum();
        assertEquals(138_365_992 - 4_097_000, count);
    }

    @Test
    void tapsLieWhereTheReferenceReadsThem() {
        var network = network(64, true);
        assertEquals(
                List.of(
                        "sobel", "conv1", "conv2", "pool1", "conv3", "conv4", "pool2", "conv5", "conv6", "conv7",
                        "pool3", "conv8", "conv9", "conv10", "pool4", "conv11", "conv12", "conv13", "pool5", "fc6",
                        "fc7"),
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
        assertFalse(network(64, false).taps().containsKey("sobel"));
        assertEquals("pool1", network.lowTap());
        assertEquals("fc7", network.highTap());
    }

    @ParameterizedTest
    @CsvSource({
        "conv2, 64, 224",
        "pool1, 64, 112",
        "pool2, 128, 56",
        "pool3, 256, 28",
        "pool4, 512, 14",
        "pool5, 512, 7"
    })
    void mapsAt224PixelsHaveTheOriginalsSides(String tap, int channels, int side) {
        assertEquals(new TensorShape(channels, side, side), network(224, false).shapeAt(tap));
    }

    @Test
    void everySideFrom32To300GivesANetworkWhoseClassifierFitsItsMaps() {
        for (var side : IntStream.rangeClosed(32, 300).toArray()) {
            var network = network(side, side % 2 == 0);
            assertEquals(new TensorShape(512, side / 32, side / 32), network.shapeAt("pool5"));
            assertEquals(4096, network.featureCount());
            assertEquals(new TensorShape(3, side, side), network.input());
        }
    }

    @Test
    void aSideOf32IsTheSmallest() {
        var error = assertThrows(UadException.class, () -> network(31, false));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("the backbone vgg16 cannot take images of 31"), error.toString());
        assertTrue(error.toString().contains("32 or more"), error.toString());
    }

    @Test
    void optionsShapeTheNetwork() {
        var network =
                new Vgg16(new Vgg16Options(true, Padding.REPLICATE, 0.25, 32, 0.25)).network(TensorShape.image(64));
        assertEquals(
                Padding.REPLICATE,
                assertInstanceOf(Layer.FixedConv2d.class, network.layers().get(1))
                        .edge());
        assertEquals(16, network.shapeAt("conv1").channels());
        assertEquals(128, network.shapeAt("conv13").channels());
        assertEquals(32, network.featureCount());
        assertEquals(
                List.of(new Layer.Dropout("classifier.2", 0.25)),
                network.layers().stream()
                        .filter(Layer.Dropout.class::isInstance)
                        .toList());
    }

    @Test
    void providerIsFoundByItsName() {
        var provider = ServiceLoader.load(BackboneProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("vgg16"))
                .findFirst()
                .orElseThrow();
        assertEquals(Vgg16Options.class, provider.optionsType());
        var made = provider.create(Options.of(new Vgg16Options(false, Padding.ZEROS, 0.5, 4096, 1)));
        assertEquals(network(64, false), made.network(TensorShape.image(64)));
    }

    private static Network network(int side, boolean sobel) {
        return new Vgg16(new Vgg16Options(sobel, Padding.ZEROS, 0.5, 4096, 1)).network(TensorShape.image(side));
    }

    private static List<String> described(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.name() + " " + parameter.shape())
                .toList();
    }
}
