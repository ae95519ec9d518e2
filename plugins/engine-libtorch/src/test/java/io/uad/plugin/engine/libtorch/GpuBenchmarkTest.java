package io.uad.plugin.engine.libtorch;

import io.uad.api.TensorShape;
import io.uad.plugin.engine.libtorch.LibtorchOptions.FormatChoice;
import io.uad.plugin.engine.libtorch.LibtorchOptions.PrecisionChoice;
import io.uad.testkit.rates.EngineRates;
import io.uad.testkit.rates.NoisyNetwork;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * How fast the engine is on a GPU. By hand: {@code mvn -pl plugins/engine-libtorch -am test -Dgroups=gpu
 * -Dlibtorch.natives=linux-x86_64-gpu -Dtest=GpuBenchmarkTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Gpu
class GpuBenchmarkTest {
    private static final int CLASSES = 1000;
    private static final int BATCH = 256;

    @Test
    void rates() {
        for (var precision : List.of(PrecisionChoice.FLOAT32, PrecisionChoice.TF32, PrecisionChoice.BFLOAT16)) {
            var options = new LibtorchOptions(Gpu.DEVICE, OptionalInt.empty(), precision, FormatChoice.CHANNELS_LAST);
            try (var engine = LibtorchEngine.open(options)) {
                var rates = new EngineRates(engine, System.out::println);
                for (var name : List.of("alexnet", "vgg16")) {
                    var network = Goldens.backbone(name, false, 0.5).network(TensorShape.image(224));
                    rates.network(new NoisyNetwork(network, CLASSES), BATCH);
                }
                rates.network(Networks.resnet(50, 1, 224), BATCH);
                rates.kMeans(1_280_000, 256, 10_000, 20);
            }
        }
    }
}
