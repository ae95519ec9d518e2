package io.uad.plugin.engine.djl;

import io.uad.api.TensorShape;
import io.uad.testkit.rates.EngineRates;
import io.uad.testkit.rates.NoisyNetwork;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * How fast the engine is on a GPU: AlexNet at 224 pixels, and Lloyd's iterations of the engine's products. By hand:
 * {@code mvn -pl plugins/engine-djl -am test -Dgroups=gpu -Dtest=GpuBenchmarkTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Gpu
class GpuBenchmarkTest {
    private static final DjlOptions GPU = new DjlOptions(Gpu.DEVICE, OptionalInt.empty());

    @Test
    void rates() {
        System.out.println("NVIDIA_TF32_OVERRIDE=" + System.getenv("NVIDIA_TF32_OVERRIDE"));
        try (var engine = DjlEngine.open(GPU)) {
            var rates = new EngineRates(engine, System.out::println);
            var network = Goldens.backbone("alexnet", false, 0.5).network(TensorShape.image(224));
            rates.network(new NoisyNetwork(network, 1000), 256);
            rates.kMeans(50_000, 256, 1000, 20);
        }
    }
}
