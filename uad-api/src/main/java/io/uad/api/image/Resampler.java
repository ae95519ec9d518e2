package io.uad.api.image;

import java.util.Arrays;

/**
 * Applies a {@link View} in Pillow's fixed-point arithmetic: bilinear with antialiasing, columns first, bytes between the
 * passes.
 *
 * @since 0.1
 */
public final class Resampler {
    private static final int PRECISION = FilterTaps.PRECISION;
    private static final int HALF = 1 << (PRECISION - 1);
    private static final int LARGEST_KEPT = 1 << 20; // 4 MiB a thread

    /** Rows between the two passes, which most images of a dataset need as many of: used again by the same thread. */
    private static final ThreadLocal<int[]> BETWEEN = ThreadLocal.withInitial(() -> new int[0]);

    private Resampler() {}

    /**
     * The image of {@code view.side()} pixels square that the view shows; the image itself if the view changes nothing.
     *
     * @throws IllegalArgumentException if the view's box leaves the image
     */
    public static Image apply(Image image, View view) {
        return apply(image, view, 1);
    }

    /**
     * The same of an image that was decoded at a fraction of its size. The box lies where it lay in the original, also
     * between pixels; those that it only touches count as far as the filter reaches them.
     *
     * @param view of the original
     * @param reduction how many columns and rows of the original each pixel stands for, 1 or more
     * @throws IllegalArgumentException if the view's box leaves the image
     */
    public static Image apply(Image image, View view, int reduction) {
        if (reduction < 1) {
            throw new IllegalArgumentException("reduction must be 1 or more, was " + reduction);
        }
        if (reduction == 1 && view.leavesAlone(image)) {
            return image;
        }
        view.requireWithin(image, reduction);
        if (reduction == 1 && view.width() == view.resizedWidth() && view.height() == view.resizedHeight()) {
            return new Image(view.side(), view.side(), cut(image, view));
        }
        return new Image(
                view.side(),
                view.side(),
                resample(
                        image,
                        view.left() / reduction,
                        view.top() / reduction,
                        FilterTaps.columns(view, reduction),
                        FilterTaps.rows(view, reduction)));
    }

    /**
     * The whole image at another size; the image itself if it has that size.
     *
     * @param width in pixels, 1 or more
     * @param height in pixels, 1 or more
     */
    public static Image resize(Image image, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("sides must be 1 or more, were " + width + " and " + height);
        }
        if (image.width() == width && image.height() == height) {
            return image;
        }
        return new Image(
                width,
                height,
                resample(image, 0, 0, FilterTaps.all(image.width(), width), FilterTaps.all(image.height(), height)));
    }

    private static byte[] cut(Image image, View view) {
        var side = view.side();
        var left = view.left() + view.windowFromLeft();
        var top = view.top() + view.windowTop();
        var out = new byte[side * side * 3];
        for (var y = 0; y < side; y++) {
            System.arraycopy(image.rgb(), ((top + y) * image.width() + left) * 3, out, y * side * 3, side * 3);
        }
        return view.mirrored() ? mirror(out, side) : out;
    }

    /** A pixel for each column and row, of a box of the image that begins at {@code left} and {@code top}. */
    private static byte[] resample(Image image, int left, int top, FilterTaps columns, FilterTaps rows) {
        var height = rows.size();
        var firstRow = rows.first()[0];
        var lastRow = rows.first()[height - 1] + rows.count()[height - 1];
        var line = columns.size() * 3;
        var narrow = between(Math.multiplyExact(lastRow - firstRow, line));
        for (var y = firstRow; y < lastRow; y++) {
            var start = ((top + y) * image.width() + left) * 3;
            horizontal(image, start, columns, narrow, (y - firstRow) * line);
        }
        var out = new byte[Math.multiplyExact(height, line)];
        var sums = new int[line];
        for (var y = 0; y < height; y++) {
            vertical(narrow, rows, y, firstRow, sums);
            for (var x = 0; x < line; x++) {
                out[y * line + x] = (byte) clip(sums[x]);
            }
        }
        return out;
    }

    /** Room for bytes, widened so that the second pass runs in vectors. */
    private static int[] between(int length) {
        if (length > LARGEST_KEPT) {
            return new int[length];
        }
        var kept = BETWEEN.get();
        if (kept.length < length) {
            kept = new int[length];
            BETWEEN.set(kept);
        }
        return kept;
    }

    private static void horizontal(Image image, int line, FilterTaps taps, int[] target, int at) {
        var rgb = image.rgb();
        var weights = taps.weights();
        for (var x = 0; x < taps.size(); x++) {
            var red = HALF;
            var green = HALF;
            var blue = HALF;
            var from = line + taps.first()[x] * 3;
            var weight = x * taps.stride();
            for (var end = weight + taps.count()[x]; weight < end; weight++, from += 3) {
                var w = weights[weight];
                red += w * (rgb[from] & 0xFF);
                green += w * (rgb[from + 1] & 0xFF);
                blue += w * (rgb[from + 2] & 0xFF);
            }
            target[at++] = clip(red);
            target[at++] = clip(green);
            target[at++] = clip(blue);
        }
    }

    private static void vertical(int[] narrow, FilterTaps taps, int y, int firstRow, int[] sums) {
        Arrays.fill(sums, HALF);
        for (var t = 0; t < taps.count()[y]; t++) {
            var w = taps.weights()[y * taps.stride() + t];
            var from = (taps.first()[y] + t - firstRow) * sums.length;
            for (var x = 0; x < sums.length; x++) {
                sums[x] += w * narrow[from + x];
            }
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> PRECISION));
    }

    private static byte[] mirror(byte[] rgb, int side) {
        var out = new byte[rgb.length];
        for (var y = 0; y < side; y++) {
            for (var x = 0; x < side; x++) {
                System.arraycopy(rgb, (y * side + x) * 3, out, (y * side + side - 1 - x) * 3, 3);
            }
        }
        return out;
    }
}
