package io.uad.plugin.backbone.mlp;

import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Lists fully connected layers. Taps: {@code input}, the flat input itself; {@code fc1}, {@code fc2}.. after their ReLU, but
 * the last before it, as AlexNet's {@code fc6} and {@code fc7}; {@code last}, another name of the last one.
 */
final class Mlp implements Backbone {
    private final MlpOptions options;

    Mlp(MlpOptions options) {
        this.options = options;
    }

    @Override
    public Network network(TensorShape input) {
        var layers = new ArrayList<Layer>();
        var taps = new LinkedHashMap<String, Integer>();
        layers.add(new Layer.Flatten());
        taps.put("input", layers.size());
        var width = input.size();
        var count = options.hidden().size();
        var index = 1; // in PyTorch's Sequential, where Flatten is 0
        for (var i = 1; i <= count; i++) {
            if (i > 1) {
                layers.add(new Layer.Dropout("layers." + index++, options.dropout()));
            }
            var out = options.hidden().get(i - 1);
            // Layers this narrow would hardly pass a gradient with the original's deviation of 0.01.
            layers.add(new Layer.Linear("layers." + index++, width, out, Math.sqrt(2.0 / width)));
            if (i == count) {
                taps.put("fc" + i, layers.size());
                taps.put("last", layers.size());
            }
            layers.add(new Layer.Relu());
            index++;
            if (i < count) {
                taps.put("fc" + i, layers.size());
            }
            width = out;
        }
        return new Network("mlp", input, layers, taps, "top_layer");
    }
}
