package io.uad.plugin.engine.libtorch;

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.Engine;
import io.uad.plugin.backbone.alexnet.AlexNetOptions;
import io.uad.plugin.backbone.alexnet.AlexNetProvider;
import io.uad.plugin.backbone.vgg16.Vgg16Options;
import io.uad.plugin.backbone.vgg16.Vgg16Provider;
import java.util.OptionalInt;

/** What the golden tests of the test kit compare. */
final class Goldens {
    private static final int FEATURES = 4096;

    private Goldens() {}

    static Engine engine(OptionalInt threads) {
        return LibtorchEngine.open(new LibtorchOptions("cpu", threads));
    }

    static Backbone backbone(String name, boolean sobel, double dropout) {
        return name.equals("alexnet")
                ? new AlexNetProvider()
                        .create(Options.of(new AlexNetOptions(sobel, Layer.Padding.ZEROS, dropout, FEATURES, 1)))
                : new Vgg16Provider()
                        .create(Options.of(new Vgg16Options(sobel, Layer.Padding.ZEROS, dropout, FEATURES, 1)));
    }
}
