package io.uad.plugin.backbone.vgg16;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.NetworkBuilder;
import java.util.List;

/** Lists VGG16's layers; the classifier's input follows from the image size. */
final class Vgg16 implements Backbone {
    private static final int SMALLEST_SIDE = 32; // five pools halve it to 1
    /** Channels of the convolutions between two max pools. */
    private static final List<List<Integer>> BLOCKS = List.of(
            List.of(64, 64), List.of(128, 128), List.of(256, 256, 256), List.of(512, 512, 512), List.of(512, 512, 512));

    private final Vgg16Options options;

    Vgg16(Vgg16Options options) {
        this.options = options;
    }

    @Override
    public Network network(TensorShape input) {
        var network = new NetworkBuilder("vgg16", input, SMALLEST_SIDE);
        if (options.sobel()) {
            network.sobel(options.sobelPadding());
        }
        var features = network.sequential("features");
        var convolutions = 0;
        var pools = 0;
        for (var block : BLOCKS) {
            for (var channels : block) {
                features.conv(NetworkBuilder.scaled(channels, options.width()), 3, 1, 1)
                        .batchNorm()
                        .relu()
                        .tap("conv" + ++convolutions);
            }
            features.maxPool(2, 2, 0).tap("pool" + ++pools);
        }
        network.add(new Layer.Flatten());
        network.sequential("classifier")
                .linear(options.hidden())
                .relu()
                .tap("fc6")
                .dropout(options.dropout())
                .linear(options.hidden())
                .tap("fc7")
                .relu();
        return network.build("top_layer");
    }
}
