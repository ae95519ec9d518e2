package io.uad.api.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Layer;
import io.uad.api.backbone.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepMemoryTest {
    private static final Layer INNER = new Layer.Conv2d("c", 2, 2, 1, 1, 0, false);

    /** Input 2x4x4 = 32, convolution 32, residual 32 + its inner convolution 32, flatten 32, linear 5: 165 values. */
    private static final Network NETWORK = new Network(
            "n",
            new TensorShape(2, 4, 4),
            List.of(
                    new Layer.Conv2d("first", 2, 2, 1, 1, 0, true),
                    new Layer.Residual(List.of(INNER), List.of()),
                    new Layer.Flatten(),
                    new Layer.Linear("l", 32, 5)),
            Map.of(),
            "top");

    @Test
    void eachSampleTakesWhatEveryLayerPutsOutAndItsGradient() {
        assertEquals(165, NETWORK.valuesPerSample());
        assertEquals(2 * 4 * (165 + 3), StepMemory.of(NETWORK, 3).bytesPerSample());
    }

    @Test
    void theRestIsWeightsGradientsAndMomentum() {
        var parameters = 0L + (2 * 2 + 2) + 2 * 2 + (32 * 5 + 5) + (5 * 3 + 3); // first, c, l and the head
        assertEquals(3 * 4 * parameters, StepMemory.of(NETWORK, 3).fixedBytes());
        assertEquals(3 * 4 * (parameters - 18), StepMemory.of(NETWORK, 0).fixedBytes());
    }

    @Test
    void theLargestBatchFitsIntoNineTenths() {
        var memory = new StepMemory(1000, 100);
        assertEquals(80, memory.largestBatch(10_000)); // 9000 - 1000 bytes
        assertEquals(88, memory.largestBatch(11_100)); // 89 would fit; a multiple of 8
        assertEquals(3, memory.largestBatch(1_500));
        assertEquals(0, memory.largestBatch(1_000));
        assertEquals(3000, memory.bytes(20));
    }

    @Test
    void theErrorNamesTheBatchThatFits() {
        var memory = new StepMemory(0, 1 << 20);
        var device = new DeviceInfo("gpu:0", "", 1L << 30, 0);
        var error = memory.exceeded("engine/e", "a step of 2000 samples", 2000, device, "no memory", new Error());
        assertEquals(ErrorKind.RESOURCE, error.kind());
        for (var part : List.of("engine/e", "a step of 2000 samples", "no memory", "2000 MiB", "1024 MiB", "to 920")) {
            assertTrue(error.toString().contains(part), part + " in " + error);
        }
    }

    @Test
    void theAdviceIsNeverTheBatchThatFailed() {
        var device = new DeviceInfo("cpu", "", 1L << 40, 0);
        var error = new StepMemory(0, 1).exceeded("engine/e", "a step", 64, device, "no memory", new Error());
        assertTrue(error.toString().contains("to 32,"), error.toString());
        var tiny = new DeviceInfo("gpu:0", "", 10, 0);
        var none = new StepMemory(100, 1).exceeded("engine/e", "a step", 64, tiny, "no memory", new Error());
        assertTrue(none.toString().contains("does not fit into that device"), none.toString());
    }
}
