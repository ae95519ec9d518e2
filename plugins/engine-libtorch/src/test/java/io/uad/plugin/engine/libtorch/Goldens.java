package io.uad.plugin.engine.libtorch;

import io.uad.api.Options;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Layer;
import io.uad.api.engine.Engine;
import io.uad.plugin.backbone.alexnet.AlexNetOptions;
import io.uad.plugin.backbone.alexnet.AlexNetProvider;
import io.uad.plugin.backbone.vgg16.Vgg16Options;
import io.uad.plugin.backbone.vgg16.Vgg16Provider;
import io.uad.plugin.engine.common.Processor;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import java.util.OptionalInt;

/** What the golden tests of the test kit compare. */
final class Goldens {
    private static final int FEATURES = 4096;

    private Goldens() {}

    static Engine engine(OptionalInt threads) {
        return LibtorchEngine.open(new LibtorchOptions("cpu", threads));
    }

    static Engine engine(OptionalInt threads, PrecisionChoice precision, FormatChoice format) {
        return LibtorchEngine.open(new LibtorchOptions("cpu", threads, precision, format));
    }

    /** Whether this machine computes in bfloat16 at all. */
    static boolean hasBfloat16() {
        return Library.multipliesBfloat16(Processor.description());
    }

    static Backbone backbone(String name, boolean sobel, double dropout) {
        return name.equals("alexnet")
                ? new AlexNetProvider()
                        .create(Options.of(new AlexNetOptions(sobel, Layer.Padding.ZEROS, dropout, FEATURES, 1)))
                : new Vgg16Provider()
                        .create(Options.of(new Vgg16Options(sobel, Layer.Padding.ZEROS, dropout, FEATURES, 1)));
    }
}
