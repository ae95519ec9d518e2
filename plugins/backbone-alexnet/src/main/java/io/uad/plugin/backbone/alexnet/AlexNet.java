package io.uad.plugin.backbone.alexnet;

import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        var side = Backbone.imageSide("AlexNet", input);
        if (side < SMALLEST_SIDE) {
            throw UadException.config(
                    "AlexNet cannot take images of " + side + " pixels",
                    "image.size",
                    SMALLEST_SIDE + " or more",
                    "Raise image.size, images are enlarged to it");
        }
        var layers = new ArrayList<Layer>();
        var taps = new LinkedHashMap<String, Integer>();
        var channels = 3;
        if (options.sobel()) {
            addSobel(layers);
            taps.put("sobel", layers.size());
            channels = 2;
        }
        var mapSide = side;
        var index = 0; // in PyTorch's Sequential
        var pools = 0;
        for (var i = 0; i < BLOCKS.size(); i++) {
            var block = BLOCKS.get(i);
            var out = Math.max(1, (int) Math.round(block.out * options.width()));
            layers.add(new Layer.Conv2d(
                    "features." + index, channels, out, block.kernel, block.stride, block.padding, true));
            layers.add(new Layer.BatchNorm2d("features." + (index + 1), out));
            layers.add(new Layer.Relu());
            taps.put("conv" + (i + 1), layers.size());
            index += 3;
            mapSide = (mapSide + 2 * block.padding - block.kernel) / block.stride + 1;
            if (block.pool) {
                layers.add(new Layer.MaxPool2d(3, 2, 0));
                taps.put("pool" + ++pools, layers.size());
                index++;
                mapSide = (mapSide - 3) / 2 + 1;
            }
            channels = out;
        }
        layers.add(new Layer.Flatten());
        layers.add(new Layer.Dropout("classifier.0", options.dropout()));
        layers.add(new Layer.Linear("classifier.1", channels * mapSide * mapSide, options.hidden()));
        layers.add(new Layer.Relu());
        taps.put("fc6", layers.size());
        layers.add(new Layer.Dropout("classifier.3", options.dropout()));
        layers.add(new Layer.Linear("classifier.4", options.hidden(), options.hidden()));
        taps.put("fc7", layers.size());
        layers.add(new Layer.Relu());
        return new Network("alexnet", input, layers, taps, "top_layer");
    }

    private void addSobel(List<Layer> layers) {
        var third = 1 / 3f;
        layers.add(new Layer.FixedConv2d("sobel.0", 3, 1, 1, 0, Layer.Padding.ZEROS, List.of(third, third, third)));
        layers.add(new Layer.FixedConv2d(
                "sobel.1",
                1,
                2,
                3,
                1,
                options.sobelPadding(),
                List.of(1f, 0f, -1f, 2f, 0f, -2f, 1f, 0f, -1f, 1f, 2f, 1f, 0f, 0f, 0f, -1f, -2f, -1f)));
    }
}
