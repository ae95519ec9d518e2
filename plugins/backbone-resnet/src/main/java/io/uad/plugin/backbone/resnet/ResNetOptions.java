package io.uad.plugin.backbone.resnet;

import io.uad.api.Option;
import io.uad.api.backbone.Layer.Padding;

/** {@code backbone: {plugin: resnet, depth: 18}}. */
public record ResNetOptions(
        @Option(defaultValue = "50", min = 18, max = 50, description = "number of layers with weights: 18 or 50")
        int depth,

        @Option(
                defaultValue = "false",
                description = "put a fixed Sobel filter in front, so that the network sees edges and no colour")
        boolean sobel,

        @Option(
                defaultValue = "zeros",
                description =
                        "what the Sobel filter sees beyond the border: zeros is DeepCluster's, replicate avoids its false edge")
        Padding sobelPadding,

        @Option(
                defaultValue = "1",
                min = 0,
                max = 8,
                minExclusive = true,
                description =
                        "channels of each convolution as a multiple of the original's; 0.25 is 16 times less work")
        double width) {
    public ResNetOptions {
        if (depth != 18 && depth != 50) {
            throw new IllegalArgumentException("depth must be 18 or 50, was " + depth);
        }
    }
}
