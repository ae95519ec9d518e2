package io.uad.plugin.engine.libtorch;

import io.uad.api.engine.Membership;
import io.uad.api.engine.TapSelection;
import io.uad.testkit.contract.ResidentMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    /** What 200 sessions would keep is 300 MiB; the allocator takes a third of that for itself before it stops. */
    @Test
    void newHeadsAndSessionsKeepNoMemory() throws IOException {
        var network = Networks.alexnet(0.25, 64, 63);
        try (var engine = LibtorchEngine.open(new LibtorchOptions("cpu", OptionalInt.of(1)))) {
            ResidentMemory.assertFlat(160, round -> {
                try (var session = network.open(engine)) {
                    network.train(session, 0, 0, BATCH);
                    session.replaceHead(50, new float[50 * 64], new float[50]);
                }
            });
        }
    }

    @Test
    @Timeout(120)
    void stepsOfTwoProcessesKeepNoMemory() throws IOException {
        var network = Networks.alexnet(0.125, 16, 63);
        var port = LibtorchGroupTest.freePort();
        LibtorchGroupTest.inThreads(IntStream.range(0, 2)
                .mapToObj(rank -> (Callable<Integer>) () -> {
                    var member = new Membership("127.0.0.1", port, rank, 2, Duration.ofSeconds(30), true);
                    try (var engine = LibtorchEngine.open(new LibtorchOptions("cpu", OptionalInt.of(1)))) {
                        engine.join(member);
                        try (var session = network.open(engine)) {
                            IntConsumer step = number -> network.train(session, number % 4, 0, BATCH);
                            if (rank == 0) {
                                ResidentMemory.assertFlat(48, step);
                            } else {
                                IntStream.range(0, ResidentMemory.STEPS_IN_ALL).forEach(step);
                            }
                            return rank;
                        }
                    }
                })
                .toList());
    }
}
