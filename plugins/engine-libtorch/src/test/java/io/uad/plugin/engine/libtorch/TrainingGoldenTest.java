package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Backbone;
import io.uad.api.engine.Engine;
import io.uad.testkit.golden.EngineTrainingGolden;
import java.util.OptionalInt;

class TrainingGoldenTest extends EngineTrainingGolden {
    @Override
    protected Engine engine(OptionalInt threads) {
        return Goldens.engine(threads);
    }

    @Override
    protected Backbone backbone(String name, boolean sobel, double dropout) {
        return Goldens.backbone(name, sobel, dropout);
    }
}
