package io.uad.plugin.backbone.resnet;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.NetworkBuilder;
import java.util.List;

/** Lists the layers of He et al., table 1. */
final class ResNet implements Backbone {
    /**
     * At 32 pixels the last maps have one pixel, and normalising a batch of a single image, as an epoch's last one may be,
     * would divide by no variance at all.
     */
    private static final int SMALLEST_SIDE = 33;

    private static final int FIRST_CHANNELS = 64;

    private final ResNetOptions options;
    /** Residual blocks in each of the four stages. */
    private final List<Integer> stages;

    private final Block block;

    ResNet(ResNetOptions options) {
        this.options = options;
        this.stages = options.depth() == 18 ? List.of(2, 2, 2, 2) : List.of(3, 4, 6, 3);
        this.block = options.depth() == 18 ? Block.BASIC : Block.BOTTLENECK;
    }

    @Override
    public Network network(TensorShape input) {
        var network = new NetworkBuilder("resnet" + options.depth(), input, SMALLEST_SIDE);
        if (options.sobel()) {
            network.sobel(options.sobelPadding());
        }
        var first = NetworkBuilder.scaled(FIRST_CHANNELS, options.width());
        network.add(new Layer.Conv2d("conv1", network.shape().channels(), first, 7, 2, 3, false))
                .add(new Layer.BatchNorm2d("bn1", first))
                .add(new Layer.Relu())
                .tap("conv1")
                .add(new Layer.MaxPool2d(3, 2, 1))
                .tap("pool1");
        for (var stage = 0; stage < stages.size(); stage++) {
            var name = "layer" + (stage + 1);
            var channels = NetworkBuilder.scaled(FIRST_CHANNELS << stage, options.width());
            for (var number = 0; number < stages.get(stage); number++) {
                var stride = stage > 0 && number == 0 ? 2 : 1;
                var in = network.shape().channels();
                network.add(block.residual(name + "." + number, in, channels, stride))
                        .add(new Layer.Relu());
            }
            network.tap(name);
        }
        return network.add(new Layer.GlobalAvgPool2d())
                .add(new Layer.Flatten())
                .tap("features")
                .build("fc");
    }
}
