package io.uad.plugin.backbone.mlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.Options;
import io.uad.api.TensorShape;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MlpTest {
    private static final Network NETWORK = network(TensorShape.vector(64), 0.25, 512, 256, 128);

    @Test
    void everyLayerIsATapAndSoIsTheInput() {
        assertEquals(
                Set.of("input", "fc1", "fc2", "fc3", "last"), NETWORK.taps().keySet());
        assertEquals(TensorShape.vector(64), NETWORK.shapeAt("input"));
        assertEquals(TensorShape.vector(512), NETWORK.shapeAt("fc1"));
        assertEquals(TensorShape.vector(128), NETWORK.shapeAt("last"));
        assertEquals(128, NETWORK.featureCount());
    }

    @Test
    void tapsLieBehindTheReluButTheLastLiesBeforeIt() {
        assertInstanceOf(Layer.Relu.class, before("fc1"));
        assertInstanceOf(Layer.Relu.class, before("fc2"));
        assertInstanceOf(Layer.Linear.class, before("fc3"));
        assertEquals(NETWORK.position("fc3"), NETWORK.position("last"));
        assertInstanceOf(Layer.Relu.class, NETWORK.layers().get(NETWORK.layers().size() - 1));
    }

    @Test
    void parametersHaveTheNamesOfASequentialOfPyTorch() {
        // Flatten, Linear, ReLU, Dropout, Linear, ReLU, Dropout, Linear, ReLU
        assertEquals(
                List.of(
                        "layers.1.weight [512, 64]",
                        "layers.1.bias [512]",
                        "layers.4.weight [256, 512]",
                        "layers.4.bias [256]",
                        "layers.7.weight [128, 256]",
                        "layers.7.bias [128]"),
                NETWORK.parameters().stream()
                        .map(parameter -> parameter.name() + " " + parameter.shape())
                        .toList());
    }

    @Test
    void weightsBeginWithTheDeviationThatKeepsTheScaleOfTheirInputs() {
        // sqrt(2 / 64) and sqrt(2 / 512)
        assertEquals(0.1767767, NETWORK.parameters().get(0).initial(), 1e-7);
        assertEquals(0.0625, NETWORK.parameters().get(2).initial());
    }

    @Test
    void dropoutLiesBetweenTheLayersAndNotBeforeTheFirst() {
        var dropped = NETWORK.layers().stream()
                .filter(Layer.Dropout.class::isInstance)
                .toList();
        assertEquals(List.of(new Layer.Dropout("layers.3", 0.25), new Layer.Dropout("layers.6", 0.25)), dropped);
    }

    @Test
    void imagesAreTakenAsOneLongVector() {
        assertEquals(
                TensorShape.vector(3 * 8 * 8),
                network(TensorShape.image(8), 0, 5).shapeAt("input"));
    }

    @Test
    void aNetworkWithoutLayersIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MlpOptions(List.of(), 0));
    }

    @Test
    void theProviderIsFoundByItsName() {
        var provider = ServiceLoader.load(BackboneProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("mlp"))
                .findFirst()
                .orElseThrow();
        var made = provider.create(Options.of(new MlpOptions(List.of(512, 256, 128), 0.25)));
        assertEquals(NETWORK, made.network(TensorShape.vector(64)));
    }

    private static Layer before(String tap) {
        return NETWORK.layers().get(NETWORK.position(tap) - 1);
    }

    private static Network network(TensorShape input, double dropout, Integer... hidden) {
        return new Mlp(new MlpOptions(List.of(hidden), dropout)).network(input);
    }
}
