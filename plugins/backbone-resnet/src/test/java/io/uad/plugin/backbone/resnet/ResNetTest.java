package io.uad.plugin.backbone.resnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {
    /** 11,689,512 and 25,557,032 of torchvision, less 513,000 and 2,049,000 of the last layer. */
    @ParameterizedTest
    @CsvSource({"18, 11176512", "50, 23508032"})
    void itHasAsManyTrainedParametersAsTorchvisionsWithoutTheLastLayer(int depth, long expected) {
        var trained = network(depth, 224).parameters().stream()
                .filter(Parameter::trained)
                .mapToLong(Parameter::size)
                .sum();
        assertEquals(expected, trained);
    }

    @Test
    void resNet18sParametersHaveTorchvisionsNamesShapesAndOrder() {
        var found = described(network(18, 224).parameters());
        assertEquals(
                List.of(
                        "conv1.weight [64, 3, 7, 7]",
                        "bn1.weight [64]",
                        "bn1.bias [64]",
                        "bn1.running_mean [64]",
                        "bn1.running_var [64]",
                        "bn1.num_batches_tracked []",
                        "layer1.0.conv1.weight [64, 64, 3, 3]",
                        "layer1.0.bn1.weight [64]"),
                found.subList(0, 8));
        var start = found.indexOf("layer2.0.conv1.weight [128, 64, 3, 3]");
        assertEquals(
                List.of(
                        "layer2.0.conv1.weight [128, 64, 3, 3]",
                        "layer2.0.bn1.weight [128]",
                        "layer2.0.bn1.bias [128]",
                        "layer2.0.bn1.running_mean [128]",
                        "layer2.0.bn1.running_var [128]",
                        "layer2.0.bn1.num_batches_tracked []",
                        "layer2.0.conv2.weight [128, 128, 3, 3]",
                        "layer2.0.bn2.weight [128]",
                        "layer2.0.bn2.bias [128]",
                        "layer2.0.bn2.running_mean [128]",
                        "layer2.0.bn2.running_var [128]",
                        "layer2.0.bn2.num_batches_tracked []",
                        "layer2.0.downsample.0.weight [128, 64, 1, 1]",
                        "layer2.0.downsample.1.weight [128]",
                        "layer2.0.downsample.1.bias [128]",
                        "layer2.0.downsample.1.running_mean [128]",
                        "layer2.0.downsample.1.running_var [128]",
                        "layer2.0.downsample.1.num_batches_tracked []",
                        "layer2.1.conv1.weight [128, 128, 3, 3]"),
                found.subList(start, start + 19));
        assertEquals(120, found.size(), "of torchvision's 122, without fc.weight and fc.bias");
        assertEquals(
                List.of("fc.weight [10, 512]", "fc.bias [10]"),
                described(network(18, 224).headParameters(10)));
    }

    @Test
    void resNet50sBlocksAreBottlenecksWithTheStrideInTheMiddle() {
        var network = network(50, 224);
        var found = described(network.parameters());
        assertEquals(318, found.size(), "of torchvision's 320, without fc.weight and fc.bias");
        assertTrue(found.containsAll(List.of(
                "layer1.0.downsample.0.weight [256, 64, 1, 1]",
                "layer2.0.conv1.weight [128, 256, 1, 1]",
                "layer2.0.conv2.weight [128, 128, 3, 3]",
                "layer2.0.conv3.weight [512, 128, 1, 1]",
                "layer4.2.bn3.running_var [2048]")));
        assertTrue(found.stream().noneMatch(name -> name.startsWith("layer1.1.downsample")), "the identity");
        var first = network.layers().stream()
                .filter(layer -> layer instanceof Layer.Residual residual
                        && residual.main().get(0) instanceof Layer.Conv2d conv
                        && conv.name().equals("layer2.0.conv1"))
                .map(Layer.Residual.class::cast)
                .findFirst()
                .orElseThrow();
        var strides = first.main().stream()
                .filter(Layer.Conv2d.class::isInstance)
                .map(layer -> ((Layer.Conv2d) layer).stride())
                .toList();
        assertEquals(List.of(1, 2, 1), strides);
    }

    @Test
    void convolutionsStartAsHeEtAlsAndNormalisationAtOneAndZero() {
        for (var parameter : network(18, 64).parameters()) {
            if (parameter.shape().size() == 4) {
                var kernel = parameter.shape().get(2);
                var expected =
                        Math.sqrt(2.0 / (kernel * kernel * parameter.shape().get(0)));
                assertEquals(expected, parameter.initial(), parameter.name());
            } else if (parameter.trained()) {
                assertEquals(parameter.name().endsWith(".weight") ? 1 : 0, parameter.initial(), parameter.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "18, conv1, 64, 112", "18, pool1, 64, 56", "18, layer1, 64, 56", "18, layer2, 128, 28", "18, layer3, 256, 14",
        "18, layer4, 512, 7", "18, features, 512, 1", "50, conv1, 64, 112", "50, pool1, 64, 56", "50, layer1, 256, 56",
        "50, layer2, 512, 28", "50, layer3, 1024, 14", "50, layer4, 2048, 7", "50, features, 2048, 1"
    })
    void mapsAt224PixelsHaveTheSidesOfThePaper(int depth, String tap, int channels, int side) {
        assertEquals(new TensorShape(channels, side, side), network(depth, 224).shapeAt(tap));
    }

    @Test
    void aReluFollowsEveryAdditionAndTapsAreReadBehindIt() {
        for (var depth : new int[] {18, 50}) {
            var network = network(depth, 64);
            assertEquals(
                    List.of("conv1", "pool1", "layer1", "layer2", "layer3", "layer4", "features"),
                    List.copyOf(network.taps().keySet()));
            for (var i = 0; i < network.layers().size(); i++) {
                if (network.layers().get(i) instanceof Layer.Residual) {
                    assertInstanceOf(Layer.Relu.class, network.layers().get(i + 1));
                }
            }
            for (var tap : List.of("conv1", "layer1", "layer4")) {
                assertInstanceOf(Layer.Relu.class, network.layers().get(network.position(tap) - 1));
            }
            assertEquals("pool1", network.lowTap());
            assertEquals("features", network.highTap());
        }
    }

    @Test
    void sobelComesFirstAndLeavesTwoChannelsToTheFirstConvolution() {
        var network = new ResNet(new ResNetOptions(18, true, Padding.ZEROS, 1)).network(TensorShape.image(64));
        assertEquals(new TensorShape(2, 64, 64), network.shapeAt("sobel"));
        assertTrue(described(network.parameters()).contains("conv1.weight [64, 2, 7, 7]"));
    }

    /** The last maps of a side of 32 have one pixel; of 33 they have four. */
    @Test
    void aSideOf33IsTheSmallest() {
        assertEquals(new TensorShape(512, 2, 2), network(18, 33).shapeAt("layer4"));
        var error = assertThrows(UadException.class, () -> network(50, 32));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("the backbone resnet50 cannot take images of 32"), error.toString());
        assertTrue(error.toString().contains("33 or more"), error.toString());
    }

    @Test
    void everySideFrom33To300GivesANetwork() {
        for (var side = 33; side <= 300; side++) {
            var network = network(18, side);
            var expected = (side + 31) / 32;
            assertEquals(new TensorShape(512, expected, expected), network.shapeAt("layer4"));
            assertEquals(512, network.featureCount());
        }
    }

    @Test
    void aNarrowNetworkHasTheSameLayersWithFewerChannels() {
        var network = new ResNet(new ResNetOptions(50, false, Padding.ZEROS, 0.25)).network(TensorShape.image(64));
        assertEquals(network(50, 64).layers().size(), network.layers().size());
        assertEquals(16, network.shapeAt("conv1").channels());
        assertEquals(512, network.featureCount());
    }

    @Test
    void anotherDepthIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new ResNetOptions(34, false, Padding.ZEROS, 1));
        assertEquals("depth must be 18 or 50, was 34", error.getMessage());
    }

    @Test
    void providerIsFoundByItsName() {
        var provider = ServiceLoader.load(BackboneProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("resnet"))
                .findFirst()
                .orElseThrow();
        assertEquals(ResNetOptions.class, provider.optionsType());
        var made = provider.create(Options.of(new ResNetOptions(18, false, Padding.ZEROS, 1)));
        assertEquals(network(18, 64), made.network(TensorShape.image(64)));
    }

    private static Network network(int depth, int side) {
        return new ResNet(new ResNetOptions(depth, false, Padding.ZEROS, 1)).network(TensorShape.image(side));
    }

    private static List<String> described(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.name() + " " + parameter.shape())
                .toList();
    }
}
