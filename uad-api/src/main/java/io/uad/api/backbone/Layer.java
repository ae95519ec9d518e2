package io.uad.api.backbone;

import java.util.List;

/**
 * One layer, in PyTorch's conventions: {@code [B, C, H, W]}, weights {@code [out, in, kernel, kernel]}, padding with
 * zeros, sizes rounded down.
 *
 * <p>A name is the prefix of the layer's parameters in PyTorch's state dict: {@code features.0} has
 * {@code features.0.weight}. Layers without parameters have none, except dropout, whose name keeps its random masks apart.
 */
public sealed interface Layer {
    /**
     * A convolution whose weights are given and never trained, such as Sobel's.
     *
     * @param weight {@code out * in * kernel * kernel} numbers
     * @param edge what lies beyond the border
     */
    record FixedConv2d(String name, int in, int out, int kernel, int padding, Padding edge, List<Float> weight)
            implements Layer {
        public FixedConv2d {
            weight = List.copyOf(weight);
        }
    }

    /** A convolution; {@code bias} tells whether it has one. Initialised N(0, sqrt(2 / (kernel^2 out))), bias 0. */
    record Conv2d(String name, int in, int out, int kernel, int stride, int padding, boolean bias) implements Layer {}

    /** Batch normalisation, momentum 0.1, eps 1e-5, unbiased running variance. Initialised 1 and 0. */
    record BatchNorm2d(String name, int channels) implements Layer {}

    /** max(x, 0). */
    record Relu() implements Layer {}

    /** Largest value of each window; padding never wins. */
    record MaxPool2d(int kernel, int stride, int padding) implements Layer {}

    /** Mean of each window; padding counts as zeros. */
    record AvgPool2d(int kernel, int stride, int padding) implements Layer {}

    /** Mean of each channel: {@code [C, 1, 1]}. */
    record GlobalAvgPool2d() implements Layer {}

    /** {@code [C * H * W, 1, 1]}. */
    record Flatten() implements Layer {}

    /** In training, zeroes units with probability {@code probability} and scales the others by 1 / (1 - p). */
    record Dropout(String name, double probability) implements Layer {}

    /** {@code y = x W^T + b}, weight {@code [out, in]}. Initialised N(0, 0.01), bias 0. */
    record Linear(String name, int in, int out) implements Layer {}

    /** {@code main(x) + shortcut(x)}; an empty shortcut is the identity. */
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
