package io.uad.runtime.feature;

import io.uad.api.TensorShape;
import io.uad.api.engine.Activation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shrinks each channel's map to a small grid of means, as the linear probe does before its linear layer.
 *
 * <p>Two kinds, both PyTorch's: fixed windows ({@code avg_pool2d}: the zeros of the padding count in the mean, a partial
 * last window is dropped) and a fixed output side ({@code adaptive_avg_pool2d}: output {@code i} of {@code S} covers input
 * {@code floor(i H / S)} up to but without {@code ceil((i + 1) H / S)}). Sums are in double.
 */
public final class AveragePooling {
    /** How many features the probe aims at: the size of the largest of the original pools. */
    private static final int FEATURES = 9600;

    private static final List<AveragePooling> ORIGINAL =
            List.of(window(6, 6, 3), window(4, 4, 0), window(3, 3, 1), window(3, 3, 1), window(2, 2, 0));

    /** Which part of an input side of some length each output averages, padding cut off. */
    private interface Ranges {
        int outputs(int length);

        int start(int output, int length);

        int end(int output, int length);
    }

    private final Ranges ranges;
    /** By what a sum is divided; 0 for the number of values in it. */
    private final int divisor;

    private AveragePooling(Ranges ranges, int divisor) {
        this.ranges = ranges;
        this.divisor = divisor;
    }

    /**
     * Fixed square windows.
     *
     * @param kernel side of a window, at least 1
     * @param stride step between windows, at least 1
     * @param padding zeros on each side, at most half a window
     */
    public static AveragePooling window(int kernel, int stride, int padding) {
        if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2) {
            throw new IllegalArgumentException("kernel and stride must be 1 or more and padding 0 to kernel / 2, were "
                    + kernel + ", " + stride + ", " + padding);
        }
        return new AveragePooling(
                new Ranges() {
                    @Override
                    public int outputs(int length) {
                        return length + 2 * padding < kernel ? 0 : (length + 2 * padding - kernel) / stride + 1;
                    }

                    @Override
                    public int start(int output, int length) {
                        return Math.max(0, output * stride - padding);
                    }

                    @Override
                    public int end(int output, int length) {
                        return Math.min(length, output * stride - padding + kernel);
                    }
                },
                kernel * kernel);
    }

    /**
     * A square output of a fixed side.
     *
     * @param side at least 1
     */
    public static AveragePooling adaptive(int side) {
        if (side < 1) {
            throw new IllegalArgumentException("side must be 1 or more, was " + side);
        }
        return new AveragePooling(
                new Ranges() {
                    @Override
                    public int outputs(int length) {
                        return side;
                    }

                    @Override
                    public int start(int output, int length) {
                        return (int) ((long) output * length / side);
                    }

                    @Override
                    public int end(int output, int length) {
                        return (int) (((output + 1L) * length + side - 1) / side);
                    }
                },
                0);
    }

    /**
     * The probe's pool for a map of any size: adaptive to {@code min(map side, floor(sqrt(9600 / channels)))}, at least 1.
     */
    public static AveragePooling fitting(TensorShape map) {
        var side = (int) Math.sqrt((double) FEATURES / map.channels());
        return adaptive(Math.max(1, Math.min(side, Math.min(map.height(), map.width()))));
    }

    /**
     * The original script's pool behind a convolution of AlexNet, made for an input side of 224.
     *
     * @param conv 1 to 5
     */
    public static AveragePooling original(int conv) {
        if (conv < 1 || conv > ORIGINAL.size()) {
            throw new IllegalArgumentException("conv must be 1 to " + ORIGINAL.size() + ", was " + conv);
        }
        return ORIGINAL.get(conv - 1);
    }

    /** Whether a map is as large as a window. */
    public boolean fits(TensorShape map) {
        return ranges.outputs(map.height()) >= 1 && ranges.outputs(map.width()) >= 1;
    }

    /**
     * The shape that comes out.
     *
     * @throws IllegalArgumentException if the map is smaller than a window
     */
    public TensorShape after(TensorShape map) {
        if (!fits(map)) {
            throw new IllegalArgumentException("map must be as large as a window, was " + map);
        }
        return new TensorShape(map.channels(), ranges.outputs(map.height()), ranges.outputs(map.width()));
    }

    /**
     * Pools a batch.
     *
     * @return {@code [B, C, h, w]} in C order, new
     */
    public float[] pool(Activation activation) {
        return pool(activation.values(), activation.samples(), activation.shape());
    }

    /** Pools one sample {@code [C, H, W]}. */
    public float[] pool(float[] values, TensorShape map) {
        return pool(values, 1, map);
    }

    private float[] pool(float[] values, int samples, TensorShape map) {
        var planes = Math.multiplyExact(samples, map.channels());
        if (values.length != Math.multiplyExact(samples, map.size())) {
            throw new IllegalArgumentException(values.length + " values are not " + samples + " of " + map);
        }
        var out = after(map);
        var pooled = new float[Math.multiplyExact(samples, out.size())];
        IntStream.range(0, planes).parallel().forEach(plane -> poolPlane(values, plane, map, pooled, out));
        return pooled;
    }

    private void poolPlane(float[] values, int plane, TensorShape map, float[] pooled, TensorShape out) {
        var from = plane * map.height() * map.width();
        var to = plane * out.height() * out.width();
        for (var row = 0; row < out.height(); row++) {
            var top = ranges.start(row, map.height());
            var bottom = ranges.end(row, map.height());
            for (var column = 0; column < out.width(); column++) {
                var left = ranges.start(column, map.width());
                var right = ranges.end(column, map.width());
                var sum = 0.0;
                for (var y = top; y < bottom; y++) {
                    for (var x = left; x < right; x++) {
                        sum += values[from + y * map.width() + x];
                    }
                }
                var count = divisor > 0 ? divisor : (bottom - top) * (right - left);
                pooled[to++] = (float) (sum / count);
            }
        }
    }
}
