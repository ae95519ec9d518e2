package io.uad.plugin.backbone.alexnet;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.NetworkBuilder;
import java.util.List;

/** Lists AlexNet's layers; the classifier's input follows from the image size. */
final class AlexNet implements Backbone {
    private static final int SMALLEST_SIDE = 63;
    /** out, kernel, stride, padding, whether a max pool follows. */
    private static final List<Block> BLOCKS = List.of(
            new Block(96, 11, 4, 2, true),
            new Block(256, 5, 1, 2, true),
            new Block(384, 3, 1, 1, false),
            new Block(384, 3, 1, 1, false),
            new Block(256, 3, 1, 1, true));

    private record Block(int out, int kernel, int stride, int padding, boolean pool) {}

    private final AlexNetOptions options;

    AlexNet(AlexNetOptions options) {
        this.options = options;
    }

    @Override
    public Network network(TensorShape input) {
        var network = new NetworkBuilder("alexnet", input, SMALLEST_SIDE);
        if (options.sobel()) {
            network.sobel(options.sobelPadding());
        }
        var features = network.sequential("features");
        var convolutions = 0;
        var pools = 0;
        for (var block : BLOCKS) {
            var out = NetworkBuilder.scaled(block.out, options.width());
            features.conv(out, block.kernel, block.stride, block.padding)
                    .batchNorm()
                    .relu()
                    .tap("conv" + ++convolutions);
            if (block.pool) {
                features.maxPool(3, 2, 0).tap("pool" + ++pools);
            }
        }
        network.add(new Layer.Flatten());
        network.sequential("classifier")
                .dropout(options.dropout())
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
