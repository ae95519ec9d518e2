package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.TapSelection;
import io.uad.testkit.contract.ResidentMemory;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SessionMemoryTest {
    private static final int BATCH = 8;

    /** 250 rounds of four steps, of which the first 50 do not count; each step takes tens of MiB. */
    @Test
    void aThousandStepsKeepNoMemory() throws IOException {
        var network = Networks.alexnet(0.25, 64, 63);
        try (var engine = LibtorchEngine.open(new LibtorchOptions("cpu", OptionalInt.of(1)));
                var session = network.open(engine)) {
            ResidentMemory.assertFlat(48, round -> {
                for (var step = 0; step < 4; step++) {
                    network.train(session, step, 0, BATCH);
                }
                session.forward(network.images(0, 0, BATCH), List.of(TapSelection.all("conv5")));
            });
        }
    }

    @Test
    void newHeadsAndSessionsKeepNoMemory() throws IOException {
        var network = Networks.alexnet(0.25, 64, 63);
        try (var engine = LibtorchEngine.open(new LibtorchOptions("cpu", OptionalInt.of(1)))) {
            ResidentMemory.assertFlat(48, round -> {
                try (var session = network.open(engine)) {
                    network.train(session, 0, 0, 2);
                    session.replaceHead(50, new float[50 * 64], new float[50]);
                }
            });
        }
    }
}
