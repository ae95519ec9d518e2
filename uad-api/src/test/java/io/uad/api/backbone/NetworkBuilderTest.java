package io.uad.api.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    @Test
    void layersAreNumberedAndSizedAndTapsFollowThem() {
        var network = new NetworkBuilder("small", TensorShape.image(8), 8);
        network.sequential("features")
                .conv(16, 3, 1, 1)
                .batchNorm()
                .relu()
                .tap("conv1")
                .maxPool(2, 2, 0)
                .conv(5, 3, 1, 1);
        network.add(new Layer.Flatten());
        network.sequential("classifier").dropout(0.5).linear(7).tap("fc");
        var expected = new Network(
                "small",
                new TensorShape(3, 8, 8),
                List.of(
                        new Layer.Conv2d("features.0", 3, 16, 3, 1, 1, true),
                        new Layer.BatchNorm2d("features.1", 16),
                        new Layer.Relu(),
                        new Layer.MaxPool2d(2, 2, 0),
                        new Layer.Conv2d("features.4", 16, 5, 3, 1, 1, true),
                        new Layer.Flatten(),
                        new Layer.Dropout("classifier.0", 0.5),
                        new Layer.Linear("classifier.1", 5 * 4 * 4, 7)),
                Map.of("conv1", 3, "fc", 8),
                "top_layer");
        assertEquals(expected, network.build("top_layer"));
    }

    @Test
    void sobelLeavesTwoChannelsOfTheSameSide() {
        var network = new NetworkBuilder("edges", TensorShape.image(8), 1).sobel(Layer.Padding.REPLICATE);
        assertEquals(new TensorShape(2, 8, 8), network.shape());
        assertEquals(Map.of("sobel", 2), network.build("top_layer").taps());
    }

    @Test
    void aSmallerSideIsAConfigErrorThatNamesTheSmallest() {
        var error = assertThrows(UadException.class, () -> new NetworkBuilder("small", TensorShape.image(7), 8));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(
                error.toString().contains("image.size: the backbone small cannot take images of 7 pixels"),
                error.toString());
        assertTrue(error.toString().contains("8 or more"), error.toString());
    }

    @Test
    void aLayerThatDoesNotFitAndATapThatIsTakenAreRefusedAtOnce() {
        var network = new NetworkBuilder("small", TensorShape.image(8), 8);
        assertThrows(IllegalArgumentException.class, () -> network.add(new Layer.MaxPool2d(9, 1, 0)));
        var tapped = new NetworkBuilder("small", TensorShape.image(8), 8)
                .add(new Layer.Relu())
                .tap("x");
        assertThrows(IllegalArgumentException.class, () -> tapped.tap("x"));
    }

    @Test
    void scaledChannelsAreRoundedAndNeverNone() {
        assertEquals(64, NetworkBuilder.scaled(64, 1));
        assertEquals(24, NetworkBuilder.scaled(96, 0.25));
        assertEquals(2, NetworkBuilder.scaled(3, 0.5));
        assertEquals(1, NetworkBuilder.scaled(96, 0.001));
    }
}
