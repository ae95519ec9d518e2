package io.uad.runtime.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.TensorShape;
import io.uad.api.engine.Activation;
import org.junit.jupiter.api.Test;

class AveragePoolingTest {
    @Test
    void adaptiveWindowsOverlapAsPyTorchs() {
        // A side of 5 to 3 outputs: windows [0, 2), [1, 4), [3, 5).
        var row = new float[] {1, 2, 4, 8, 16};
        var map = new float[25];
        for (var y = 0; y < 5; y++) {
            System.arraycopy(row, 0, map, 5 * y, 5);
        }
        var means = new float[] {1.5f, 14 / 3f, 12, 1.5f, 14 / 3f, 12, 1.5f, 14 / 3f, 12};
        assertArrayEquals(means, AveragePooling.adaptive(3).pool(map, new TensorShape(1, 5, 5)));
    }

    @Test
    void adaptiveToTheMapsOwnSideChangesNothing() {
        var map = new float[] {1, 2, 3, 4, 5, 6, 7, 8};
        assertArrayEquals(map, AveragePooling.adaptive(2).pool(map, new TensorShape(2, 2, 2)));
    }

    @Test
    void paddingZerosCountInTheMean() {
        // One value of 9 in a 3x3 window of zeros.
        assertArrayEquals(
                new float[] {1}, AveragePooling.window(3, 3, 1).pool(new float[] {9}, new TensorShape(1, 1, 1)));
    }

    @Test
    void samplesAndChannelsArePooledApart() {
        var values = new float[] {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4};
        var batch = new Activation("conv1", 2, new TensorShape(2, 2, 2), values);
        assertArrayEquals(
                new float[] {1, 2, 3, 4}, AveragePooling.window(2, 2, 0).pool(batch));
    }

    @Test
    void fittingSideComesNearToTheOriginalNumberOfFeatures() {
        assertEquals(new TensorShape(96, 10, 10), after(96, 55, 55));
        assertEquals(new TensorShape(256, 6, 6), after(256, 27, 27));
        assertEquals(new TensorShape(384, 5, 5), after(384, 13, 13));
        assertEquals(new TensorShape(384, 3, 3), after(384, 3, 3)); // no larger than the map
        assertEquals(new TensorShape(96, 4, 4), after(96, 4, 9));
        assertEquals(new TensorShape(20_000, 1, 1), after(20_000, 7, 7)); // and never nothing
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.window(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.window(2, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.adaptive(0));
        assertThrows(IllegalArgumentException.class, () -> AveragePooling.original(6));
        assertThrows(
                IllegalArgumentException.class,
                () -> AveragePooling.window(4, 4, 0).pool(new float[9], new TensorShape(1, 3, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> AveragePooling.adaptive(1).pool(new float[8], new TensorShape(1, 3, 3)));
    }

    private static TensorShape after(int channels, int height, int width) {
        var map = new TensorShape(channels, height, width);
        return AveragePooling.fitting(map).after(map);
    }
}
