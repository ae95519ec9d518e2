package io.uad.plugin.engine.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.TensorShape;
import io.uad.api.UadException;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import io.uad.testkit.rates.NoisyNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

@Gpu
class GpuMemoryTest {
    private static final DjlOptions GPU = new DjlOptions(Gpu.DEVICE, OptionalInt.empty());
    private static final NoisyNetwork NETWORK =
            new NoisyNetwork(Goldens.backbone("alexnet", false, 0.5).network(TensorShape.image(224)), 1000);
    private static final int BATCH = 64;
    private static final int WARM_UP = 50;
    private static final int STEPS = 200;
    /** Of a step of 64 images, which takes hundreds: a step that keeps anything of its own passes it at once. */
    private static final long MEBIBYTES = 64;

    /** The library keeps what it once took from the driver, so a growth is memory that was not given back to it. */
    @Test
    void manyStepsKeepNoMemoryOfTheDevice() throws Exception {
        try (var engine = DjlEngine.open(GPU);
                var session = NETWORK.open(engine)) {
            for (var i = 0; i < WARM_UP; i++) {
                step(session);
            }
            var before = usedMebibytes();
            for (var i = 0; i < STEPS; i++) {
                step(session);
            }
            var grown = usedMebibytes() - before;
            assertTrue(grown < MEBIBYTES, "grew by " + grown + " MiB");
        }
    }

    private static void step(TrainingSession session) {
        NETWORK.train(session, 0, 0, BATCH);
        session.forward(NETWORK.images(0, 0, BATCH), List.of(TapSelection.all("fc7")));
    }

    @Test
    void memoryThatTheDeviceDoesNotHaveIsAnErrorOfTheMachineAndTheEngineGoesOn() {
        try (var engine = DjlEngine.open(GPU);
                var column = engine.linearAlgebra().upload(FeatureMatrix.allocate(1 << 20, 1))) {
            // 2^40 floats are 4 TiB
            var failure = assertThrows(
                    UadException.class, () -> engine.linearAlgebra().multiply(column, false, column, true));
            assertEquals(ErrorKind.RESOURCE, failure.kind(), failure.toString());
            try (var square = engine.linearAlgebra().multiply(column, true, column, false)) {
                assertEquals(1, square.rows());
            }
        }
    }

    /** Of the first device, by all who use it: nobody else should. */
    private static long usedMebibytes() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "nvidia-smi", "--id=0", "--query-gpu=memory.used", "--format=csv,noheader,nounits")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return Long.parseLong(said.strip());
    }
}
