package io.uad.api.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.TensorShape;
import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageBatchTest {
    /** Byte b of channel c becomes (b / 255 - c / 10) / (c + 1). */
    private static final Normalization NORMALIZATION = new Normalization(List.of(0f, 0.1f, 0.2f), List.of(1f, 2f, 3f));

    private static final Image TWO_BY_TWO =
            new Image(2, 2, new byte[] {0, 51, 102, (byte) 153, (byte) 204, (byte) 255, 0, 0, 0, 0, 0, 0});

    @Test
    void writesImageByImageAndChannelByChannelFromTheBuffersPosition() {
        var black = new Image(2, 2, new byte[12]);
        var batch = new ImageBatch(List.of(TWO_BY_TWO, black), List.of(View.whole(2), View.whole(2)), NORMALIZATION);
        var target = FloatBuffer.allocate(1 + 24);
        target.put(7);
        batch.writeTo(target);
        assertEquals(0, target.remaining());
        var expected =
                new float[] {7, 0, 0.6f, 0, 0, 0.05f, 0.35f, -0.05f, -0.05f, 0.2f / 3, 0.8f / 3, -0.2f / 3, -0.2f / 3};
        for (var i = 0; i < expected.length; i++) {
            assertEquals(expected[i], target.get(i), 1e-7f, "value " + i); // float32 rounding
        }
        assertEquals(2, batch.size());
        assertEquals(new TensorShape(3, 2, 2), batch.shape());
    }

    @Test
    void viewsThatAreNotYetAppliedAreApplied() {
        var mirrored = new View(0, 0, 2, 2, 2, 2, true, 0, 0, 2);
        var target = FloatBuffer.allocate(12);
        new ImageBatch(List.of(TWO_BY_TWO), List.of(mirrored), NORMALIZATION).writeTo(target);
        assertArrayEquals(new float[] {0.6f, 0}, new float[] {target.get(0), target.get(1)}, 1e-7f);
    }

    @Test
    void aBufferTooSmallIsAnError() {
        var batch = new ImageBatch(List.of(TWO_BY_TWO), List.of(View.whole(2)), NORMALIZATION);
        assertThrows(BufferOverflowException.class, () -> batch.writeTo(FloatBuffer.allocate(11)));
    }

    @Test
    void imagesAndViewsMustPairUpAndShareASide() {
        var four = View.whole(4);
        var two = View.whole(2);
        var images = List.of(TWO_BY_TWO, TWO_BY_TWO);
        assertThrows(IllegalArgumentException.class, () -> new ImageBatch(images, List.of(two), NORMALIZATION));
        assertThrows(IllegalArgumentException.class, () -> new ImageBatch(images, List.of(two, four), NORMALIZATION));
        assertThrows(IllegalArgumentException.class, () -> new ImageBatch(List.of(), List.of(), NORMALIZATION));
    }

    @Test
    void normalizationWantsThreeMeansAndThreePositiveDeviations() {
        assertThrows(IllegalArgumentException.class, () -> new Normalization(List.of(0f, 0f), List.of(1f, 1f, 1f)));
        assertThrows(IllegalArgumentException.class, () -> new Normalization(List.of(0f, 0f, 0f), List.of(1f, 0f, 1f)));
    }
}
