/**
 * Residual networks (He, Zhang, Ren, Sun, CVPR 2016) as torchvision builds them: ResNet-50's stride is that of the 3x3
 * convolution ("v1.5"), and the parameters have torchvision's names, so that its weights fit.
 */
@NullMarked
package io.uad.plugin.backbone.resnet;

import org.jspecify.annotations.NullMarked;
