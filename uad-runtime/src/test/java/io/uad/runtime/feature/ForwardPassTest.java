package io.uad.runtime.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForwardPassTest {
    private static final int SIDE = 1024; // 12 MB in one layout, so that 512 MiB hold few
    private static final Network NETWORK = new Network(
            "wide",
            TensorShape.image(SIDE),
            List.of(new Layer.Relu(), new Layer.Relu()),
            Map.of("first", 1, "end", 2),
            "none");

    private final List<Integer> sizes = new ArrayList<>();

    @Test
    void aLargeBatchGoesInPartsAndComesOutWhole() {
        var atOnce = ForwardPass.imagesAtOnce(NETWORK, 0);
        assertTrue(atOnce > 1 && atOnce < 30, atOnce + " at once");
        var taps = List.of(TapSelection.all("first"), TapSelection.all("end"));
        var found = new ForwardPass(session(), NETWORK, taps).of(batch(2 * atOnce + 1));
        assertEquals(List.of(atOnce, atOnce, 1), sizes);
        assertEquals(2, found.size());
        assertEquals("end", found.get(1).tap());
        var numbers = new float[2 * atOnce + 1];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = i);
        assertArrayEquals(numbers, found.get(0).values());
    }

    @Test
    void aSmallBatchGoesAtOnce() {
        new ForwardPass(session(), NETWORK, List.of(TapSelection.all("end"))).of(batch(2));
        assertEquals(List.of(2), sizes);
    }

    /** Each image comes out as the number that its first pixel holds. */
    private TrainingSession session() {
        return (TrainingSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TrainingSession.class}, (proxy, method, arguments) -> {
                    var batch = (ImageBatch) arguments[0];
                    sizes.add(batch.size());
                    var values = new float[batch.size()];
                    for (var i = 0; i < values.length; i++) {
                        values[i] = batch.images().get(i).rgb()[0];
                    }
                    return ((List<?>) arguments[1])
                            .stream()
                                    .map(tap -> new Activation(
                                            ((TapSelection) tap).tap(), values.length, TensorShape.vector(1), values))
                                    .toList();
                });
    }

    private static ImageBatch batch(int size) {
        var images = IntStream.range(0, size)
                .mapToObj(i -> {
                    var rgb = new byte[4 * 4 * 3];
                    rgb[0] = (byte) i;
                    return new Image(4, 4, rgb);
                })
                .toList();
        return new ImageBatch(images, Collections.nCopies(size, View.whole(4)), Normalization.IMAGENET);
    }
}
