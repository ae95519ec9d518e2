package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uad.api.engine.Membership;
import io.uad.testkit.rates.NoisyNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** NCCL. Members are threads of one process, with a GPU each. */
@Gpu
@Timeout(300)
class GpuJointTrainingTest {
    private static final int STEPS = 4;
    private static final int BATCH = 16;
    /** Two sums of half a batch instead of one of a batch, in float32, over some steps. */
    private static final double ROUNDING = 1e-3;

    @Test
    void twoGpusComeToWhatOneComesTo() {
        assumeTrue(torch.cuda_device_count() >= 2, "there is but one GPU");
        var network = Networks.alexnet(0.125, 16, 63);
        var alone = losses(network, 1).get(0);
        for (var losses : losses(network, 2)) {
            for (var step = 0; step < STEPS; step++) {
                assertEquals(alone.get(step), losses.get(step), ROUNDING);
            }
        }
    }

    /** Of each process. */
    private static List<List<Double>> losses(NoisyNetwork network, int size) {
        var port = LibtorchGroupTest.freePort();
        var work = new ArrayList<Callable<List<Double>>>();
        for (var rank = 0; rank < size; rank++) {
            var gpu = rank;
            work.add(() -> {
                try (var engine = LibtorchEngine.open(new LibtorchOptions("gpu:" + gpu, OptionalInt.of(1)))) {
                    if (size > 1) {
                        engine.join(new Membership("127.0.0.1", port, gpu, size, Duration.ofSeconds(60), true));
                    }
                    try (var session = network.open(engine)) {
                        var losses = new ArrayList<Double>();
                        for (var step = 0; step < STEPS; step++) {
                            losses.add(network.train(session, step, gpu * BATCH / size, (gpu + 1) * BATCH / size));
                        }
                        return losses;
                    }
                }
            });
        }
        return LibtorchGroupTest.inThreads(work);
    }
}
