package io.uad.api.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LayerTest {
    @Test
    void sizesBelowTheirBoundsAreRefusedWithNameBoundAndValue() {
        assertRefused("c: in must be 1 or more, was 0", () -> new Layer.Conv2d("c", 0, 1, 1, 1, 0, true));
        assertRefused("c: out must be 1 or more, was -1", () -> new Layer.Conv2d("c", 1, -1, 1, 1, 0, true));
        assertRefused("c: kernel must be 1 or more, was 0", () -> new Layer.Conv2d("c", 1, 1, 0, 1, 0, true));
        assertRefused("c: stride must be 1 or more, was 0", () -> new Layer.Conv2d("c", 1, 1, 1, 0, 0, true));
        assertRefused("c: padding must be 0 or more, was -1", () -> new Layer.Conv2d("c", 1, 1, 1, 1, -1, true));
        assertRefused("b: channels must be 1 or more, was 0", () -> new Layer.BatchNorm2d("b", 0));
        assertRefused("l: in must be 1 or more, was 0", () -> new Layer.Linear("l", 0, 1));
        assertRefused("l: out must be 1 or more, was 0", () -> new Layer.Linear("l", 1, 0));
        assertRefused("l: deviation must be finite and above 0, was 0.0", () -> new Layer.Linear("l", 1, 1, 0));
        assertRefused("max pool: kernel must be 1 or more, was 0", () -> new Layer.MaxPool2d(0, 1, 0));
        assertRefused("max pool: stride must be 1 or more, was 0", () -> new Layer.MaxPool2d(2, 0, 0));
        assertRefused("average pool: stride must be 1 or more, was 0", () -> new Layer.AvgPool2d(2, 0, 0));
    }

    @Test
    void aPoolsPaddingIsAtMostHalfItsKernelAsInPyTorch() {
        assertEquals(1, new Layer.MaxPool2d(3, 2, 1).padding());
        assertRefused(
                "max pool: padding must lie in 0..1 (half the kernel), was 2", () -> new Layer.MaxPool2d(3, 2, 2));
        assertRefused(
                "average pool: padding must lie in 0..3 (half the kernel), was -1",
                () -> new Layer.AvgPool2d(6, 6, -1));
    }

    @Test
    void aFixedConvolutionHasAsManyFiniteWeightsAsItsShape() {
        assertRefused(
                "s: weight must hold 18 numbers, had 17",
                () -> new Layer.FixedConv2d("s", 1, 2, 3, 1, Layer.Padding.ZEROS, Collections.nCopies(17, 1f)));
        assertRefused(
                "s: weight must be finite, had NaN",
                () -> new Layer.FixedConv2d("s", 1, 1, 1, 0, Layer.Padding.ZEROS, List.of(Float.NaN)));
    }

    @Test
    void dropoutKeepsSomeUnits() {
        assertEquals(0, new Layer.Dropout("d", 0).probability());
        for (var probability : new double[] {1, -0.1, Double.NaN}) {
            assertRefused(
                    "d: probability must lie in [0, 1), was " + probability, () -> new Layer.Dropout("d", probability));
        }
    }

    @Test
    void blankNamesAreRefused() {
        assertRefused("a layer's name must not be blank, was ' '", () -> new Layer.Linear(" ", 1, 1));
        assertRefused("a layer's name must not be blank, was ''", () -> new Layer.Dropout("", 0.5));
    }

    private static void assertRefused(String message, Executable creation) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, creation).getMessage());
    }
}
