package io.uad.api.image;

/**
 * What one pass of a {@link Resampler} adds up: for each output pixel along one side, the input pixels that count and their
 * weights in fixed point. An output value is {@code (sum(weight * byte) + 2^21) >> 22}, cut to 0 to 255.
 *
 * <p>The arrays are shared, not copied. Read only.
 *
 * @param first {@code [out]} the first input pixel, counted from the box's edge
 * @param count {@code [out]} how many from there on
 * @param weights {@code [out * stride]} those of output pixel o from {@code o * stride} on; they add up to about 2^22
 * @param stride at least every count
 * @since 0.1
 */
public record FilterTaps(int[] first, int[] count, int[] weights, int stride) {
    /** Bits of a weight behind the point. */
    public static final int PRECISION = 22;

    /** The columns that make those of a view, already mirrored where the view is. */
    public static FilterTaps columns(View view) {
        return columns(view, 1);
    }

    /** The rows that make those of a view. */
    public static FilterTaps rows(View view) {
        return rows(view, 1);
    }

    /** How many output pixels there are. */
    public int size() {
        return first.length;
    }

    static FilterTaps columns(View view, int reduction) {
        var span = Span.of(view.left(), view.width(), reduction);
        var taps = of(span, view.resizedWidth(), view.windowFromLeft(), view.side());
        return view.mirrored() ? taps.mirrored() : taps;
    }

    static FilterTaps rows(View view, int reduction) {
        return of(Span.of(view.top(), view.height(), reduction), view.resizedHeight(), view.windowTop(), view.side());
    }

    /** Those of a whole side. */
    static FilterTaps all(int in, int out) {
        return of(Span.of(0, in, 1), out, 0, out);
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

    private static FilterTaps of(Span span, int out, int windowStart, int window) {
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
        return new FilterTaps(first, count, weights, stride);
    }

    private FilterTaps mirrored() {
        var size = size();
        var mirrored = new FilterTaps(new int[size], new int[size], new int[weights.length], stride);
        for (var o = 0; o < size; o++) {
            var from = size - 1 - o;
            mirrored.first[o] = first[from];
            mirrored.count[o] = count[from];
            System.arraycopy(weights, from * stride, mirrored.weights, o * stride, stride);
        }
        return mirrored;
    }
}
