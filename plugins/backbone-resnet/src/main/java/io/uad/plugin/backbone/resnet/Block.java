package io.uad.plugin.backbone.resnet;

import io.uad.api.backbone.Layer;
import java.util.List;

/** The two residual functions of He et al., figure 5; a ReLU follows the addition. */
enum Block {
    /** Two 3x3 convolutions. */
    BASIC(1) {
        @Override
        List<Layer> main(String name, int in, int channels, int stride) {
            return List.of(
                    conv(name + ".conv1", in, channels, 3, stride),
                    new Layer.BatchNorm2d(name + ".bn1", channels),
                    new Layer.Relu(),
                    conv(name + ".conv2", channels, channels, 3, 1),
                    new Layer.BatchNorm2d(name + ".bn2", channels));
        }
    },
    /** 1x1, 3x3 with the stride, and 1x1 to four times the channels. */
    BOTTLENECK(4) {
        @Override
        List<Layer> main(String name, int in, int channels, int stride) {
            var out = channels * expansion;
            return List.of(
                    conv(name + ".conv1", in, channels, 1, 1),
                    new Layer.BatchNorm2d(name + ".bn1", channels),
                    new Layer.Relu(),
                    conv(name + ".conv2", channels, channels, 3, stride),
                    new Layer.BatchNorm2d(name + ".bn2", channels),
                    new Layer.Relu(),
                    conv(name + ".conv3", channels, out, 1, 1),
                    new Layer.BatchNorm2d(name + ".bn3", out));
        }
    };

    final int expansion;

    Block(int expansion) {
        this.expansion = expansion;
    }

    abstract List<Layer> main(String name, int in, int channels, int stride);

    /** The shortcut is the identity where the shapes agree, else a projection (option B of section 3.3). */
    Layer.Residual residual(String name, int in, int channels, int stride) {
        var out = channels * expansion;
        List<Layer> shortcut = stride == 1 && in == out
                ? List.of()
                : List.of(
                        conv(name + ".downsample.0", in, out, 1, stride),
                        new Layer.BatchNorm2d(name + ".downsample.1", out));
        return new Layer.Residual(main(name, in, channels, stride), shortcut);
    }

    private static Layer.Conv2d conv(String name, int in, int out, int kernel, int stride) {
        return new Layer.Conv2d(name, in, out, kernel, stride, kernel / 2, false);
    }
}
