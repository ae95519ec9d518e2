package io.uad.plugin.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions, on CPUs with as many channels as the library computes right.
 *
 * <p>oneDNN 3.7.1, in PyTorch 2.7.1, works in blocks of 8 or 16 channels, two at a time. On some processors it leaves the
 * rest of a block that is not full as it found it (what freed memory held, NaN included, then reaches the sums), and gets
 * the last of an odd number of blocks wrong: outputs with channels last in memory, gradients by the input with a stride
 * above 1. Channels of zeros keep it from both; they change no sum. Up to 4 channels are right where nobody asks for a
 * gradient, by them or through them.
 */
final class Convolution {
    private static final int FEW = 4;
    private static final int BLOCK = 16;

    private Convolution() {}

    /** @param through whether the gradient passes on to what x was computed from, which x itself does not tell */
    static NDArray of(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding, boolean through) {
        var out = weight.getShape().get(0);
        var in = weight.getShape().get(1);
        var cpu = !x.getDevice().isGpu();
        var moreOut = cpu && (out > FEW || weight.hasGradient() || through) ? missing(out) : 0;
        var moreIn = cpu && (in > FEW || through) ? missing(in) : 0;
        if (moreOut == 0 && moreIn == 0) {
            return convolve(x, weight, bias, stride, padding);
        }
        var wide = before(x, moreOut, 0, before(x, moreIn, 1, weight));
        var result = convolve(
                before(x, moreIn, 1, x), wide, bias == null ? null : before(x, moreOut, 0, bias), stride, padding);
        return moreOut == 0 ? result : result.get(new NDIndex(":," + moreOut + ":"));
    }

    /**
     * A convolution of single pixels, as the product that it is. The library has a kernel of its own for it, which on some
     * processors with AVX-512 is wrong from 512 outputs on where channels lie last in memory, and which divides by zero,
     * and so ends the process, for some small maps.
     *
     * @return with channels last in memory
     */
    static NDArray ofPixels(NDArray x, NDArray weight, @Nullable NDArray bias, int stride) {
        var out = weight.getShape().get(0);
        var index = new NDIndex(":,:,::" + stride + ",::" + stride);
        // What lies between is let go of: it may hold the storage of x and of the result. The matrix is the weight's
        // manager's.
        try (var some = x.get(index);
                var turned = some.transpose(0, 2, 3, 1);
                var rows = turned.reshape(-1, some.getShape().get(1));
                var matrix = weight.reshape(out, some.getShape().get(1));
                var columns = matrix.transpose();
                var sum = plus(rows.matMul(columns), bias);
                var maps = sum.reshape(
                        x.getShape().get(0),
                        some.getShape().get(2),
                        some.getShape().get(3),
                        out)) {
            return maps.transpose(0, 3, 1, 2);
        }
    }

    private static NDArray plus(NDArray product, @Nullable NDArray bias) {
        if (bias == null) {
            return product;
        }
        try (product) {
            return product.add(bias);
        }
    }

    /** How many channels to add: up to 16, or to a multiple of 32. */
    static long missing(long channels) {
        var unit = channels <= BLOCK ? BLOCK : 2 * BLOCK;
        return (channels + unit - 1) / unit * unit - channels;
    }

    /** Puts zeros in front, so that the result belongs to the manager of {@code step}, not to that of a parameter. */
    private static NDArray before(NDArray step, long count, int axis, NDArray values) {
        if (count == 0) {
            return values;
        }
        var sides = values.getShape().getShape().clone();
        sides[axis] = count;
        return step.getManager().zeros(new Shape(sides)).concat(values, axis);
    }

    private static NDArray convolve(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
        return x.getNDArrayInternal()
                .convolution(x, weight, bias, square(stride), square(padding), square(1), 1)
                .singletonOrThrow();
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }
}
