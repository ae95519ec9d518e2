package ${package};

import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import io.uad.api.backbone.NetworkBuilder;

/**
 * Blocks of convolution, batch normalisation, ReLU and max pooling, then a linear layer. Taps: {@code conv1},
 * {@code conv2}... after the ReLU of each block, {@code fc} before the last ReLU.
 */
final class ${className}Backbone implements Backbone {
    private final ${className}Options options;

    ${className}Backbone(${className}Options options) {
        this.options = options;
    }

    @Override
    public Network network(TensorShape input) {
        var smallestSide = 1 << options.blocks(); // at which the last map is a pixel
        var network = new NetworkBuilder("${name}", input, smallestSide);
        var blocks = network.sequential("features");
        for (var block = 0; block < options.blocks(); block++) {
            blocks.conv(options.channels() << block, 3, 1, 1)
                    .batchNorm()
                    .relu()
                    .tap("conv" + (block + 1))
                    .maxPool(2, 2, 0);
        }
        network.add(new Layer.Flatten());
        network.sequential("classifier").linear(options.features()).tap("fc").relu();
        return network.build("top_layer");
    }
}
