package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Backbone;
import io.uad.api.engine.Engine;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.testkit.golden.EngineNetworksGolden;
import java.util.OptionalInt;

class NchwNetworksGoldenTest extends EngineNetworksGolden {
    @Override
    protected Engine engine(OptionalInt threads) {
        return Goldens.engine(threads, PrecisionChoice.FLOAT32, FormatChoice.NCHW);
    }

    @Override
    protected Backbone backbone(String name, boolean sobel, double dropout) {
        return Goldens.backbone(name, sobel, dropout);
    }
}
