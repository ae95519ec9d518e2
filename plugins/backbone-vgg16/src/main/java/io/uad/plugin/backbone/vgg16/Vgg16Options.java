package io.uad.plugin.backbone.vgg16;

import io.uad.api.Option;
import io.uad.api.backbone.Layer.Padding;

/** {@code backbone: {plugin: vgg16, sobel: true}}. */
public record Vgg16Options(
        @Option(
                defaultValue = "false",
                description = "put a fixed Sobel filter in front, so that the network sees edges and no colour")
        boolean sobel,

        @Option(
                defaultValue = "zeros",
                description =
                        "what the Sobel filter sees beyond the border: zeros is the original, replicate avoids its false edge")
        Padding sobelPadding,

        @Option(
                defaultValue = "0.5",
                min = 0,
                max = 0.99,
                description = "probability of dropping a unit of the classifier")
        double dropout,

        @Option(
                defaultValue = "4096",
                min = 1,
                max = 65536,
                description = "width of fc6 and fc7; 4096 is the original, fewer make a small network quicker")
        int hidden,

        @Option(
                defaultValue = "1",
                min = 0,
                max = 8,
                minExclusive = true,
                description =
                        "channels of each convolution as a multiple of the original's; 0.25 is 16 times less work")
        double width) {}
