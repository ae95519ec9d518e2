package io.uad.runtime.image;

import io.uad.api.Seed;
import io.uad.api.image.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The views of the method, in torchvision's arithmetic, for images of any size.
 *
 * <p>A network that takes {@code side} pixels sees a square of an image whose short side was resized to
 * {@link #shortSide} pixels: 224 of 256. Smaller images are enlarged.
 */
public final class Views {
    private static final int TRIES = 10;
    private static final double SMALLEST_AREA = 0.08;
    private static final double NARROWEST = 3 / 4.0;
    private static final double WIDEST = 4 / 3.0;

    private Views() {}

    /** What the short side is resized to before a square of {@code side} pixels is cut out: 256 for 224. */
    public static int shortSide(int side) {
        return (int) Math.round(side * 256 / 224.0);
    }

    /** The centre of the resized image. */
    public static View evaluation(int width, int height, int side) {
        var resized = Resized.of(width, height, side);
        return resized.view(false, centre(resized.width, side), centre(resized.height, side), side);
    }

    /**
     * A random resized crop (0.08 to 1 of the area, aspect 3/4 to 4/3), mirrored with probability 1/2.
     *
     * @param seed of this one view
     */
    public static View randomResizedCrop(int width, int height, int side, Seed seed) {
        var mirrored = seed.uniform(0) < 0.5;
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var draw = 1 + 4L * attempt;
            var area = (double) width * height * between(SMALLEST_AREA, 1, seed.uniform(draw));
            var aspect =
                    StrictMath.exp(between(StrictMath.log(NARROWEST), StrictMath.log(WIDEST), seed.uniform(draw + 1)));
            var w = (int) Math.rint(Math.sqrt(area * aspect));
            var h = (int) Math.rint(Math.sqrt(area / aspect));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                var top = seed.integer(draw + 2, height - h + 1);
                var left = seed.integer(draw + 3, width - w + 1);
                return new View(left, top, w, h, side, side, mirrored, 0, 0, side);
            }
        }
        return largestCentral(width, height, side, mirrored);
    }

    /**
     * The probe's training view: a random square of the resized image's central square, mirrored with probability 1/2.
     *
     * @param seed of this one view
     */
    public static View randomCrop(int width, int height, int side, Seed seed) {
        var resized = Resized.of(width, height, side);
        var square = shortSide(side);
        var mirrored = seed.uniform(0) < 0.5;
        var left = centre(resized.width, square) + seed.integer(1, square - side + 1);
        var top = centre(resized.height, square) + seed.integer(2, square - side + 1);
        // The original mirrors after cropping; a View mirrors before.
        return resized.view(mirrored, mirrored ? resized.width - side - left : left, top, side);
    }

    /**
     * Ten squares of the resized image: top left, top right, bottom left, bottom right and centre, then the same five
     * boxes of the mirrored image. Number 4 is the evaluation view.
     */
    public static List<View> tenCrops(int width, int height, int side) {
        var resized = Resized.of(width, height, side);
        var right = resized.width - side;
        var bottom = resized.height - side;
        var views = new ArrayList<View>();
        for (var mirrored : new boolean[] {false, true}) {
            views.add(resized.view(mirrored, 0, 0, side));
            views.add(resized.view(mirrored, right, 0, side));
            views.add(resized.view(mirrored, 0, bottom, side));
            views.add(resized.view(mirrored, right, bottom, side));
            views.add(resized.view(mirrored, centre(resized.width, side), centre(resized.height, side), side));
        }
        return views;
    }

    private static View largestCentral(int width, int height, int side, boolean mirrored) {
        var aspect = (double) width / height;
        var w = aspect > WIDEST ? (int) Math.rint(height * WIDEST) : width;
        var h = aspect < NARROWEST ? (int) Math.rint(width / NARROWEST) : height;
        return new View((width - w) / 2, (height - h) / 2, w, h, side, side, mirrored, 0, 0, side);
    }

    private static double between(double low, double high, double share) {
        return low + (high - low) * share;
    }

    /** Half of what is left over, a half rounded to even as Python does. */
    private static int centre(int length, int window) {
        return (int) Math.rint((length - window) / 2.0);
    }

    /** A whole image and its size once its short side was resized; the long side is rounded down. */
    record Resized(int imageWidth, int imageHeight, int width, int height) {
        static Resized of(int width, int height, int side) {
            return to(shortSide(side), width, height);
        }

        /** An image of any size once its short side is {@code shortSide}. */
        static Resized to(int shortSide, int width, int height) {
            return width <= height
                    ? new Resized(width, height, shortSide, longSide(shortSide, height, width))
                    : new Resized(width, height, longSide(shortSide, width, height), shortSide);
        }

        private static int longSide(int shortSide, int longer, int shorter) {
            return (int) Math.min(Integer.MAX_VALUE, (long) shortSide * longer / shorter);
        }

        View view(boolean mirrored, int left, int top, int side) {
            return new View(0, 0, imageWidth, imageHeight, width, height, mirrored, left, top, side);
        }
    }
}
