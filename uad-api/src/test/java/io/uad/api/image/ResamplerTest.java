package io.uad.api.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.api.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplerTest {
    @Test
    void aViewThatChangesNothingGivesTheImageItself() {
        var image = noise(8, 8);
        assertSame(image, Resampler.apply(image, View.whole(8)));
    }

    @Test
    void withoutResizingAWindowIsACopyOfItsPixels() {
        var image = noise(9, 7);
        var cut = Resampler.apply(image, new View(0, 0, 9, 7, 9, 7, false, 4, 2, 3));
        assertArrayEquals(cut(image, 4, 2, 3).rgb(), cut.rgb());
        // Of a box of 6x5 at (2, 1), mirrored: its columns 5, 4, 3, ... and of these the second to the fourth.
        var mirrored = Resampler.apply(image, new View(2, 1, 6, 5, 6, 5, true, 1, 2, 3));
        for (var y = 0; y < 3; y++) {
            for (var x = 0; x < 3; x++) {
                assertArrayEquals(
                        cut(image, 2 + 4 - x, 3 + y, 1).rgb(),
                        cut(mirrored, x, y, 1).rgb());
            }
        }
    }

    @Test
    void halvingWeighsThreePixelsAsATriangleDoes() {
        // Centres 1 and 3, support 2: weights 3/7 3/7 1/7 of pixels 0 to 2, and 1/7 3/7 3/7 of pixels 1 to 3.
        var image = columns(0, 70, 140, 210);
        var half = Resampler.apply(image, new View(0, 0, 4, 4, 2, 2, false, 0, 0, 2));
        assertArrayEquals(bytes(50, 50, 50, 160, 160, 160, 50, 50, 50, 160, 160, 160), half.rgb());
    }

    @Test
    void doublingInterpolatesBetweenNeighboursAndRepeatsTheBorder() {
        // Centres 0.25, 0.75, 1.25, 1.75, support 1: 3/4 and 1/4 of the nearest two pixels; beyond the border there are
        // none.
        var image = columns(0, 100);
        var twice = Resampler.apply(image, new View(0, 0, 2, 2, 4, 4, false, 0, 0, 4));
        assertArrayEquals(bytes(0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100), Arrays.copyOf(twice.rgb(), 12));
    }

    @Test
    void aReducedImageIsTakenAtTheOriginalsPlaceBetweenItsPixels() {
        // Reduced pixels of 4 columns: 0, 40, 80, ... The box from 6 to 22 spans 1.5 to 5.5 of them; its two halves
        // have
        // their centres at 2.5 and 4.5, where the ramp is 40 * 2 and 40 * 4. Their triangles reach one more pixel than
        // the
        // box has on a side, so that both are drawn a little towards the middle.
        var image = columns(0, 40, 80, 120, 160, 200, 240);
        var view = new View(6, 6, 16, 16, 2, 2, false, 0, 0, 2);
        var half = Resampler.apply(image, view, 4);
        assertEquals(80, half.rgb()[0] & 0xFF, 6);
        assertEquals(160, half.rgb()[3] & 0xFF, 6);
        assertEquals(240, (half.rgb()[0] & 0xFF) + (half.rgb()[3] & 0xFF), 1, "symmetric about the middle of the box");
    }

    @Test
    void aReductionByOneIsNone() {
        var image = noise(31, 29);
        var view = new View(3, 2, 21, 20, 8, 9, true, 0, 1, 8);
        assertArrayEquals(
                Resampler.apply(image, view).rgb(),
                Resampler.apply(image, view, 1).rgb());
        assertThrows(IllegalArgumentException.class, () -> Resampler.apply(image, view, 0));
    }

    @Test
    void aBoxMayEndWithinTheLastPixelOfAReducedImageAndNotBehindIt() {
        var image = noise(4, 4); // of up to 32 columns
        assertEquals(
                4,
                Resampler.apply(image, new View(0, 0, 32, 32, 4, 4, false, 0, 0, 4), 8)
                        .width());
        assertArrayEquals(
                image.rgb(),
                Resampler.apply(image, new View(0, 0, 32, 32, 4, 4, false, 0, 0, 4), 8)
                        .rgb());
        assertThrows(
                IllegalArgumentException.class,
                () -> Resampler.apply(image, new View(0, 0, 33, 32, 4, 4, false, 0, 0, 4), 8));
    }

    @Test
    void anEvenColourStaysItselfAtAnySize() {
        var image = new Image(37, 411, new byte[37 * 411 * 3]);
        Arrays.fill(image.rgb(), (byte) 255);
        for (var view : new View[] {
            new View(0, 0, 37, 411, 256, 2843, false, 16, 1310, 224), new View(3, 5, 30, 400, 5, 5, true, 0, 0, 5)
        }) {
            for (var value : Resampler.apply(image, view).rgb()) {
                assertEquals((byte) 255, value);
            }
        }
    }

    @Test
    void aWindowEqualsThatPartOfTheWholeResizedImage() {
        var image = noise(50, 40);
        var all = Resampler.resize(image, 31, 24);
        assertEquals(31, all.width());
        assertEquals(24, all.height());
        var part = Resampler.apply(image, new View(0, 0, 50, 40, 31, 24, false, 5, 3, 20));
        assertArrayEquals(cut(all, 5, 3, 20).rgb(), part.rgb());
        assertSame(image, Resampler.resize(image, 50, 40));
        assertThrows(IllegalArgumentException.class, () -> Resampler.resize(image, 0, 40));
    }

    @Test
    void aWindowEqualsThatPartOfTheWholeResizedBox() {
        var image = noise(50, 40);
        var all = Resampler.apply(image, new View(2, 1, 47, 38, 32, 32, false, 0, 0, 32));
        var part = Resampler.apply(image, new View(2, 1, 47, 38, 32, 32, false, 5, 9, 20));
        assertArrayEquals(cut(all, 5, 9, 20).rgb(), part.rgb());
    }

    @Test
    void aMirroredBoxIsMirroredBeforeItsWindowIsTaken() {
        var image = noise(50, 40);
        var all = Resampler.apply(image, new View(0, 0, 50, 40, 32, 32, true, 0, 0, 32));
        var upright = Resampler.apply(image, new View(0, 0, 50, 40, 32, 32, false, 0, 0, 32));
        for (var x = 0; x < 32; x++) {
            assertArrayEquals(
                    cut(upright, x, 3, 1).rgb(), cut(all, 31 - x, 3, 1).rgb());
        }
        var part = Resampler.apply(image, new View(0, 0, 50, 40, 32, 32, true, 5, 9, 20));
        assertArrayEquals(cut(all, 5, 9, 20).rgb(), part.rgb());
    }

    @Test
    void pixelsOutsideTheBoxDoNotCount() {
        var image = noise(20, 20);
        var view = new View(5, 6, 10, 9, 4, 4, false, 0, 0, 4);
        var box = cut(image, 0, 0, 20);
        for (var i = 0; i < box.rgb().length; i++) {
            var x = i / 3 % 20;
            var y = i / 60;
            if (x < 5 || x >= 15 || y < 6 || y >= 15) {
                box.rgb()[i] = 0;
            }
        }
        assertArrayEquals(
                Resampler.apply(image, view).rgb(), Resampler.apply(box, view).rgb());
    }

    @Test
    void aBoxBeyondTheImageIsRefused() {
        var image = noise(10, 10);
        assertThrows(
                IllegalArgumentException.class,
                () -> Resampler.apply(image, new View(1, 0, 10, 10, 4, 4, false, 0, 0, 4)));
    }

    private static Image noise(int width, int height) {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) new Seed(7).bits(i);
        }
        return new Image(width, height, rgb);
    }

    /** A square gray image whose columns have the given values. */
    private static Image columns(int... values) {
        var rgb = new byte[values.length * values.length * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3 % values.length];
        }
        return new Image(values.length, values.length, rgb);
    }

    private static Image cut(Image image, int left, int top, int side) {
        var rgb = new byte[side * side * 3];
        for (var y = 0; y < side; y++) {
            System.arraycopy(image.rgb(), ((top + y) * image.width() + left) * 3, rgb, y * side * 3, side * 3);
        }
        return new Image(side, side, rgb);
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
