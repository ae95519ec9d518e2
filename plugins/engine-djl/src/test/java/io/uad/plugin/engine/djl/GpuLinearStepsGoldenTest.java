package io.uad.plugin.engine.djl;

import io.uad.api.backbone.Backbone;
import io.uad.api.engine.Engine;
import io.uad.testkit.golden.EngineLinearStepsGolden;
import java.util.OptionalInt;

@Gpu
class GpuLinearStepsGoldenTest extends EngineLinearStepsGolden {
    @Override
    protected Engine engine(OptionalInt threads) {
        return DjlEngine.open(new DjlOptions(Gpu.DEVICE, threads));
    }

    @Override
    protected Backbone backbone(String name, boolean sobel, double dropout) {
        return Goldens.backbone(name, sobel, dropout);
    }
}
