package io.uad.plugin.engine.libtorch;

import io.uad.api.Options;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.plugin.backbone.alexnet.AlexNetOptions;
import io.uad.plugin.backbone.alexnet.AlexNetProvider;
import io.uad.plugin.backbone.resnet.ResNetOptions;
import io.uad.plugin.backbone.resnet.ResNetProvider;
import io.uad.testkit.rates.NoisyNetwork;

/** What the tests train. */
final class Networks {
    static final int CLASSES = 10;

    private Networks() {}

    static NoisyNetwork alexnet(double width, int hidden, int side) {
        var options = new AlexNetOptions(false, Layer.Padding.ZEROS, 0.5, hidden, width);
        return new NoisyNetwork(
                new AlexNetProvider().create(Options.of(options)).network(TensorShape.image(side)), CLASSES);
    }

    static NoisyNetwork resnet(int depth, double width, int side) {
        var options = new ResNetOptions(depth, false, Layer.Padding.ZEROS, width);
        return new NoisyNetwork(
                new ResNetProvider().create(Options.of(options)).network(TensorShape.image(side)), CLASSES);
    }
}
