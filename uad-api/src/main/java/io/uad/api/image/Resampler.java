package io.uad.api.image;

import java.util.Arrays;

/**
 * Applies a {@link View} in Pillow's fixed-point arithmetic: bilinear with antialiasing, columns first, bytes between the
 * passes.
 *
 * @since 0.1
 */
public final class Resampler {
    private static final int PRECISION = 22;
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
        if (view.left() + view.width() > (long) image.width() * reduction
                || view.top() + view.height() > (long) image.height() * reduction) {
            throw new IllegalArgumentException(view + " leaves an image of " + image.width() + "x" + image.height()
                    + (reduction == 1 ? "" : ", one in " + reduction));
        }
        var side = view.side();
        var left = view.mirrored() ? view.resizedWidth() - side - view.windowLeft() : view.windowLeft();
        var keepsSize = reduction == 1 && view.width() == view.resizedWidth() && view.height() == view.resizedHeight();
        var out = keepsSize
                ? cut(image, view.left() + left, view.top() + view.windowTop(), side)
                : resample(
                        image,
                        view.left() / reduction,
                        view.top() / reduction,
                        Taps.of(Span.of(view.left(), view.width(), reduction), view.resizedWidth(), left, side),
                        Taps.of(
                                Span.of(view.top(), view.height(), reduction),
                                view.resizedHeight(),
                                view.windowTop(),
                                side));
        return new Image(side, side, view.mirrored() ? mirror(out, side) : out);
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
        var columns = Taps.of(Span.of(0, image.width(), 1), width, 0, width);
        var rows = Taps.of(Span.of(0, image.height(), 1), height, 0, height);
        return new Image(width, height, resample(image, 0, 0, columns, rows));
    }

    private static byte[] cut(Image image, int left, int top, int side) {
        var out = new byte[side * side * 3];
        for (var y = 0; y < side; y++) {
            System.arraycopy(image.rgb(), ((top + y) * image.width() + left) * 3, out, y * side * 3, side * 3);
        }
        return out;
    }

    /** A pixel for each column and row, of a box of the image that begins at {@code left} and {@code top}. */
    private static byte[] resample(Image image, int left, int top, Taps columns, Taps rows) {
        var height = rows.first.length;
        var firstRow = rows.first[0];
        var lastRow = rows.first[height - 1] + rows.count[height - 1];
        var line = columns.first.length * 3;
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

    private static void horizontal(Image image, int line, Taps taps, int[] target, int at) {
        var rgb = image.rgb();
        var weights = taps.weights;
        for (var x = 0; x < taps.first.length; x++) {
            var red = HALF;
            var green = HALF;
            var blue = HALF;
            var from = line + taps.first[x] * 3;
            var weight = x * taps.stride;
            for (var end = weight + taps.count[x]; weight < end; weight++, from += 3) {
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

    private static void vertical(int[] narrow, Taps taps, int y, int firstRow, int[] sums) {
        Arrays.fill(sums, HALF);
        for (var t = 0; t < taps.count[y]; t++) {
            var w = taps.weights[y * taps.stride + t];
            var from = (taps.first[y] + t - firstRow) * sums.length;
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

    /**
     * A side of a box.
     *
     * @param pixels how many it touches
     * @param start where it begins in the first of them, 0 or more and less than 1
     * @param length in pixels
     */
    private record Span(int pixels, double start, double length) {
        static Span of(int from, int length, int reduction) {
            var first = from / reduction;
            var end = (from + length + reduction - 1) / reduction;
            return new Span(end - first, (double) (from % reduction) / reduction, (double) length / reduction);
        }
    }

    /** For each output pixel of a window: the first input pixel, how many, and their fixed-point weights. */
    private record Taps(int[] first, int[] count, int[] weights, int stride) {
        static Taps of(Span span, int out, int windowStart, int window) {
            var scale = span.length / out;
            var support = Math.max(scale, 1);
            var keepsSize = span.start == 0 && span.length == out;
            var stride = keepsSize ? 1 : (int) Math.ceil(support) * 2 + 1;
            var first = new int[window];
            var count = new int[window];
            var weights = new int[window * stride];
            var exact = new double[stride];
            for (var o = 0; o < window; o++) {
                if (keepsSize) { // a side that keeps its size is not filtered
                    first[o] = windowStart + o;
                    count[o] = 1;
                    weights[o] = 1 << PRECISION;
                    continue;
                }
                var centre = span.start + (windowStart + o + 0.5) * scale;
                first[o] = Math.max(0, (int) (centre - support + 0.5));
                count[o] = Math.min(span.pixels, (int) (centre + support + 0.5)) - first[o];
                var sum = 0.0;
                for (var t = 0; t < count[o]; t++) {
                    exact[t] = Math.max(0, 1 - Math.abs((first[o] + t - centre + 0.5) / support));
                    sum += exact[t];
                }
                for (var t = 0; t < count[o]; t++) {
                    weights[o * stride + t] = (int) (exact[t] / sum * (1 << PRECISION) + 0.5);
                }
            }
            return new Taps(first, count, weights, stride);
        }
    }
}
