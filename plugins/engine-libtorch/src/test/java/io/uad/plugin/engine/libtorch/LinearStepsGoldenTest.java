package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Backbone;
import io.uad.api.engine.Engine;
import io.uad.testkit.golden.EngineLinearStepsGolden;
import java.util.OptionalInt;

class LinearStepsGoldenTest extends EngineLinearStepsGolden {
    @Override
    protected Engine engine(OptionalInt threads) {
        return Goldens.engine(threads);
    }

    @Override
    protected Backbone backbone(String name, boolean sobel, double dropout) {
        return Goldens.backbone(name, sobel, dropout);
    }
}
