package io.uad.plugin.engine.libtorch;

import io.uad.api.backbone.Backbone;
import io.uad.api.engine.Engine;
import io.uad.testkit.golden.EngineNetworksGolden;
import java.util.OptionalInt;

@Gpu
class GpuNetworksGoldenTest extends EngineNetworksGolden {
    @Override
    protected Engine engine(OptionalInt threads) {
        return LibtorchEngine.open(new LibtorchOptions(Gpu.DEVICE, threads));
    }

    @Override
    protected Backbone backbone(String name, boolean sobel, double dropout) {
        return Goldens.backbone(name, sobel, dropout);
    }
}
