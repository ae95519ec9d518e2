package io.uad.exchange.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.uad.api.NamedTensors;
import io.uad.api.Seed;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Engine;
import io.uad.api.engine.TapSelection;
import io.uad.exchange.Networks;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ONNX Runtime computes what the engine computes. */
class OnnxModelTest {
    /** Both add float32 products in their own order; activations are of order 1 to 10. */
    private static final float TOLERANCE = 1e-4f;

    private static final int CLASSES = 7;

    private static Engine engine;

    @BeforeAll
    static void openEngine() {
        engine = Networks.engine();
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    /** Every kind of layer, also a linear one behind a map of one pixel, with and without biases. */
    private static Network residual() {
        var shortcut =
                List.<Layer>of(new Layer.Conv2d("down", 4, 6, 1, 2, 0, false), new Layer.BatchNorm2d("down_norm", 6));
        var main = List.<Layer>of(
                new Layer.Conv2d("block.0", 4, 6, 3, 2, 1, false),
                new Layer.BatchNorm2d("block.1", 6),
                new Layer.Relu(),
                new Layer.Conv2d("block.3", 6, 6, 3, 1, 1, true));
        var identity =
                List.<Layer>of(new Layer.Conv2d("same.0", 6, 6, 3, 1, 1, false), new Layer.BatchNorm2d("same.1", 6));
        var layers = List.<Layer>of(
                new Layer.Conv2d("stem", 3, 4, 5, 2, 2, true),
                new Layer.MaxPool2d(3, 2, 1),
                new Layer.Residual(main, shortcut),
                new Layer.Relu(),
                new Layer.AvgPool2d(3, 2, 1),
                new Layer.Residual(identity, List.of()),
                new Layer.GlobalAvgPool2d(),
                new Layer.Dropout("drop", 0.5),
                new Layer.Linear("fc", 6, 5),
                new Layer.Relu());
        return new Network(
                "small-resnet",
                new TensorShape(3, 33, 33),
                layers,
                Map.of("stem", 1, "pooled", 5, "map", 7, "fc", 9),
                "fc_top");
    }

    @Test
    void alexNetWithAndWithoutSobelIsTheSame() throws OrtException {
        for (var network :
                List.of(Networks.alexNet(true, 64), Networks.alexNet(false, 64), Networks.replicatingAlexNet(64))) {
            for (var tap : List.of("pool3", "fc7", Network.TOP)) {
                assertSame(network, tap);
            }
        }
        assertSame(Networks.replicatingAlexNet(64), "sobel");
    }

    @Test
    void aResidualNetworkIsTheSame() throws OrtException {
        for (var tap : List.of("stem", "pooled", "map", "fc", Network.TOP)) {
            assertSame(residual(), tap);
        }
    }

    @Test
    void aNetworkForVectorsTakesAMatrix() throws OrtException {
        var layers = List.<Layer>of(
                new Layer.Flatten(), new Layer.Linear("fc1", 9, 6), new Layer.Relu(), new Layer.Linear("fc2", 6, 4));
        var network =
                new Network("mlp", TensorShape.vector(9), layers, Map.of("input", 1, "fc1", 2, "last", 4), "top_layer");
        for (var tap : List.of("input", "fc1", "last", Network.TOP)) {
            assertSame(network, tap);
        }
    }

    @Test
    void theModelTellsWhatItTakesAndGives() throws OrtException {
        var network = residual();
        var bytes = OnnxModel.of(network, Networks.state(network, CLASSES), "fc", "1.2", Map.of("tap", "fc"))
                .toByteArray();
        try (var session = OrtEnvironment.getEnvironment().createSession(bytes)) {
            assertEquals(Map.of("tap", "fc"), session.getMetadata().getCustomMetadata());
            assertEquals("uad", session.getMetadata().getProducerName());
            assertTrue(
                    String.valueOf(session.getInputInfo().get(OnnxModel.IMAGES)).contains("[-1, 3, 33, 33]"));
            assertTrue(String.valueOf(session.getOutputInfo().get("fc")).contains("[-1, 5]"));
        }
    }

    @Test
    void onlyWhatTheTapNeedsIsWritten() {
        var network = Networks.alexNet(true, 64);
        var model = OnnxModel.of(network, Networks.state(network, 0), "conv1", "1", Map.of());
        var names = model.getGraph().getInitializerList().stream()
                .map(initializer -> initializer.getName())
                .toList();
        assertTrue(names.contains("features.0.weight"), names.toString());
        assertTrue(names.stream().noneMatch(name -> name.startsWith("features.4")), names.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> OnnxModel.of(network, Networks.state(network, 0), "conv9", "1", Map.of()));
    }

    private static void assertSame(Network network, String tap) throws OrtException {
        var state = Networks.state(network, CLASSES);
        var bytes = OnnxModel.of(network, state, tap, "1", Map.of()).toByteArray();
        try (var theirs = OrtEnvironment.getEnvironment().createSession(bytes)) {
            for (var batch : new int[] {1, 5}) {
                var input = input(network, batch);
                assertArrayEquals(
                        ours(network, state, tap, input),
                        theirs(theirs, network.input(), tap, input, batch),
                        TOLERANCE,
                        network.name() + " " + tap + " batch " + batch);
            }
        }
    }

    private static float[] ours(Network network, NamedTensors state, String tap, float[] input) {
        try (var session = engine.open(network, state)) {
            var batch = Networks.batch(input, network.input());
            return session.forward(batch, List.of(TapSelection.all(tap))).get(0).values();
        }
    }

    private static float[] theirs(OrtSession session, TensorShape shape, String tap, float[] input, int batch)
            throws OrtException {
        var vectors = shape.equals(TensorShape.vector(shape.channels()));
        var sides = vectors
                ? new long[] {batch, shape.channels()}
                : new long[] {batch, shape.channels(), shape.height(), shape.width()};
        var name = vectors ? OnnxModel.VECTORS : OnnxModel.IMAGES;
        try (var inputs = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(input), sides);
                var outputs = session.run(Map.of(name, inputs))) {
            var buffer = ((OnnxTensor) outputs.get(tap).orElseThrow()).getFloatBuffer();
            var values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    private static float[] input(Network network, int batch) {
        var seed = new Seed(5);
        var values = new float[batch * network.input().size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) seed.gaussian(i);
        }
        return values;
    }
}
