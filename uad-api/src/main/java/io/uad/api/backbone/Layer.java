package io.uad.api.backbone;

import java.util.List;

/**
 * One layer, in PyTorch's conventions: {@code [B, C, H, W]}, weights {@code [out, in, kernel, kernel]}, padding with
 * zeros, sizes rounded down.
 *
 * <p>A name is the prefix of the layer's parameters in PyTorch's state dict: {@code features.0} has
 * {@code features.0.weight}. Layers without parameters have none, except dropout, whose name keeps its random masks apart.
 *
 * <p>Channels, kernels and strides are 1 or more, paddings 0 or more, and a pool's padding at most half its kernel, as in
 * PyTorch; a constructor throws {@link IllegalArgumentException} for other sizes and for a blank name. Whether a layer fits
 * behind the one before it, {@link Network} checks.
 *
 * <p>Convolutions, batch normalisation and pools take maps {@code [C, H, W]}. {@link Linear} takes a vector, and also
 * {@code [C, 1, 1]} as {@link GlobalAvgPool2d} leaves it. {@link Flatten} and {@link Linear} make vectors.
 *
 * @since 0.1
 */
public sealed interface Layer {
    /**
     * A convolution whose weights are given and never trained, such as Sobel's.
     *
     * @param edge what lies beyond the border
     * @param weight {@code out * in * kernel * kernel} finite numbers
     */
    record FixedConv2d(String name, int in, int out, int kernel, int padding, Padding edge, List<Float> weight)
            implements Layer {
        public FixedConv2d {
            weight = List.copyOf(weight);
            Sizes.named(name);
            Sizes.positive(name, "in", in);
            Sizes.positive(name, "out", out);
            Sizes.positive(name, "kernel", kernel);
            Sizes.padding(name, padding, Integer.MAX_VALUE);
            Sizes.count(name, weight, (long) out * in * kernel * kernel);
        }
    }

    /** A convolution; {@code bias} tells whether it has one. Initialised N(0, sqrt(2 / (kernel^2 out))), bias 0. */
    record Conv2d(String name, int in, int out, int kernel, int stride, int padding, boolean bias) implements Layer {
        public Conv2d {
            Sizes.named(name);
            Sizes.positive(name, "in", in);
            Sizes.positive(name, "out", out);
            Sizes.positive(name, "kernel", kernel);
            Sizes.positive(name, "stride", stride);
            Sizes.padding(name, padding, Integer.MAX_VALUE);
        }
    }

    /** Batch normalisation, momentum 0.1, eps 1e-5, unbiased running variance. Initialised 1 and 0. */
    record BatchNorm2d(String name, int channels) implements Layer {
        public BatchNorm2d {
            Sizes.named(name);
            Sizes.positive(name, "channels", channels);
        }
    }

    /** max(x, 0). */
    record Relu() implements Layer {}

    /** Largest value of each window; padding never wins. */
    record MaxPool2d(int kernel, int stride, int padding) implements Layer {
        public MaxPool2d {
            Sizes.positive("max pool", "kernel", kernel);
            Sizes.positive("max pool", "stride", stride);
            Sizes.padding("max pool", padding, kernel / 2);
        }
    }

    /** Mean of each window; padding counts as zeros. */
    record AvgPool2d(int kernel, int stride, int padding) implements Layer {
        public AvgPool2d {
            Sizes.positive("average pool", "kernel", kernel);
            Sizes.positive("average pool", "stride", stride);
            Sizes.padding("average pool", padding, kernel / 2);
        }
    }

    /** Mean of each channel: {@code [C, 1, 1]}. */
    record GlobalAvgPool2d() implements Layer {}

    /** {@code [C * H * W, 1, 1]}. */
    record Flatten() implements Layer {}

    /**
     * In training, zeroes units with probability {@code probability} and scales the others by 1 / (1 - p).
     *
     * @param probability in [0, 1)
     */
    record Dropout(String name, double probability) implements Layer {
        public Dropout {
            Sizes.named(name);
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(name + ": probability must lie in [0, 1), was " + probability);
            }
        }
    }

    /**
     * {@code y = x W^T + b}, weight {@code [out, in]}. Initialised N(0, deviation), bias 0.
     *
     * @param deviation above 0; the original's 0.01 suits the wide layers that follow convolutions, and narrow ones learn
     *     sooner with sqrt(2 / in) (He et al., ICCV 2015)
     */
    record Linear(String name, int in, int out, double deviation) implements Layer {
        public Linear {
            Sizes.named(name);
            Sizes.positive(name, "in", in);
            Sizes.positive(name, "out", out);
            if (!(deviation > 0 && Double.isFinite(deviation))) {
                throw new IllegalArgumentException(name + ": deviation must be finite and above 0, was " + deviation);
            }
        }

        /** Initialised N(0, 0.01), as the original. */
        public Linear(String name, int in, int out) {
            this(name, in, out, 0.01);
        }
    }

    /** {@code main(x) + shortcut(x)}, both of one shape; an empty shortcut is the identity. */
    record Residual(List<Layer> main, List<Layer> shortcut) implements Layer {
        public Residual {
            main = List.copyOf(main);
            shortcut = List.copyOf(shortcut);
        }
    }

    /** What a fixed convolution sees beyond the border. */
    enum Padding {
        ZEROS,
        REPLICATE
    }
}
